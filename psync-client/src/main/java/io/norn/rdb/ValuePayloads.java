package io.norn.rdb;

import com.moilioncircle.redis.replicator.rdb.dump.DumpRdbValueVisitor;
import com.moilioncircle.redis.replicator.rdb.dump.datatype.DumpFunction;
import java.io.IOException;

/** Turns the values of a snapshot, as they come, into payloads that the target can restore. */
final class ValuePayloads {
  private static final int FIRST_WITH_FIELD_EXPIRY = 12;
  private static final int FIRST_VALKEY = 80;

  private final RdbInput in;
  private final ReplicatorHost host;
  private final DumpRdbValueVisitor visitor;
  private final int sourceVersion;
  private final int payloadVersion;

  ValuePayloads(RdbInput in, int sourceVersion, RdbTarget target) {
    this.in = in;
    this.sourceVersion = sourceVersion;
    this.payloadVersion = target.payloadVersion(sourceVersion);
    this.host = new ReplicatorHost(in);
    this.visitor = new DumpRdbValueVisitor(host, payloadVersion);
  }

  /** Whether the target takes such a hash only without the expiry of its fields. */
  boolean losesFieldExpiry(int type) {
    return switch (type) {
      case RdbType.HASH_2 -> payloadVersion < FIRST_VALKEY;
      case RdbType.HASH_METADATA, RdbType.HASH_LISTPACK_EX ->
          payloadVersion < FIRST_WITH_FIELD_EXPIRY;
      default -> false;
    };
  }

  byte[] function() throws IOException {
    DumpFunction function = visitor.applyFunction2(in, sourceVersion);
    return function.getSerialized();
  }

  /** Reads a value of that type. */
  byte[] value(int type) throws IOException {
    return switch (type) {
      case RdbType.STRING -> visitor.applyString(in, sourceVersion);
      case RdbType.LIST -> visitor.applyList(in, sourceVersion);
      case RdbType.SET -> visitor.applySet(in, sourceVersion);
      case RdbType.ZSET -> visitor.applyZSet(in, sourceVersion);
      case RdbType.HASH -> visitor.applyHash(in, sourceVersion);
      case RdbType.ZSET_2 -> visitor.applyZSet2(in, sourceVersion);
      case RdbType.MODULE_2 -> visitor.applyModule2(in, sourceVersion);
      case RdbType.SET_INTSET -> visitor.applySetIntSet(in, sourceVersion);
      case RdbType.HASH_LISTPACK -> visitor.applyHashListPack(in, sourceVersion);
      case RdbType.ZSET_LISTPACK -> visitor.applyZSetListPack(in, sourceVersion);
      case RdbType.LIST_QUICKLIST_2 -> visitor.applyListQuickList2(in, sourceVersion);
      case RdbType.SET_LISTPACK -> visitor.applySetListPack(in, sourceVersion);
      case RdbType.HASH_METADATA -> visitor.applyHashMetadata(in, sourceVersion);
      case RdbType.HASH_LISTPACK_EX -> visitor.applyHashListPackEx(in, sourceVersion);
      case RdbType.HASH_2 -> FieldExpiryHash.payload(in, host, payloadVersion);
      default -> streamOrOld(type);
    };
  }

  private byte[] streamOrOld(int type) throws IOException {
    return switch (type) {
      case RdbType.STREAM_LISTPACKS -> visitor.applyStreamListPacks(in, sourceVersion);
      case RdbType.STREAM_LISTPACKS_2 -> visitor.applyStreamListPacks2(in, sourceVersion);
      case RdbType.STREAM_LISTPACKS_3 -> visitor.applyStreamListPacks3(in, sourceVersion);
      case RdbType.HASH_ZIPMAP -> visitor.applyHashZipMap(in, sourceVersion);
      case RdbType.LIST_ZIPLIST -> visitor.applyListZipList(in, sourceVersion);
      case RdbType.ZSET_ZIPLIST -> visitor.applyZSetZipList(in, sourceVersion);
      case RdbType.HASH_ZIPLIST -> visitor.applyHashZipList(in, sourceVersion);
      case RdbType.LIST_QUICKLIST -> visitor.applyListQuickList(in, sourceVersion);
      default -> throw new IOException("unknown type of value " + type);
    };
  }
}
