package io.norn.rdb;

import com.moilioncircle.redis.replicator.io.RawByteListener;
import com.moilioncircle.redis.replicator.rdb.BaseRdbParser;
import com.moilioncircle.redis.replicator.rdb.skip.SkipRdbParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Valkey 9's hash whose fields expire: number of fields, then field, value, eight bytes of expiry
 * time each. Source: valkey {@code src/rdb.c}, {@code RDB_TYPE_HASH_2}.
 */
final class FieldExpiryHash {
  private static final int FIRST_VALKEY = 80;

  private FieldExpiryHash() {}

  /**
   * Makes a payload of it; for older servers one without the expiry times, because their fields
   * cannot expire.
   */
  static byte[] payload(RdbInput in, ReplicatorHost host, int version) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    RawByteListener copy = body::writeBytes;
    boolean known = version >= FIRST_VALKEY;
    body.write(known ? RdbType.HASH_2 : RdbType.HASH);
    host.addRawByteListener(copy);
    try {
      SkipRdbParser parser = new SkipRdbParser(in);
      for (long left = parser.rdbLoadLen().len; left > 0; left--) {
        parser.rdbLoadEncodedStringObject();
        parser.rdbLoadEncodedStringObject();
        in.skip(Long.BYTES, known);
      }
    } finally {
      host.removeRawByteListener(copy);
    }
    return Payload.finish(body, version);
  }

  static List<ValueState.Field> fields(RdbInput in) throws IOException {
    BaseRdbParser parser = new BaseRdbParser(in);
    List<ValueState.Field> fields = new ArrayList<>();
    for (long left = parser.rdbLoadLen().len; left > 0; left--) {
      byte[] name = parser.rdbLoadEncodedStringObject().first();
      byte[] value = parser.rdbLoadEncodedStringObject().first();
      fields.add(new ValueState.Field(name, value, in.readLong(Long.BYTES)));
    }
    return fields;
  }
}
