package io.norn.rdb;

import com.moilioncircle.redis.replicator.rdb.BaseRdbParser;
import com.moilioncircle.redis.replicator.rdb.DefaultRdbValueVisitor;
import com.moilioncircle.redis.replicator.rdb.datatype.TTLValue;
import com.moilioncircle.redis.replicator.rdb.datatype.ZSetEntry;
import io.norn.rdb.ValueState.Field;
import io.norn.rdb.ValueState.HashValue;
import io.norn.rdb.ValueState.ListValue;
import io.norn.rdb.ValueState.Member;
import io.norn.rdb.ValueState.Other;
import io.norn.rdb.ValueState.SetValue;
import io.norn.rdb.ValueState.StringValue;
import io.norn.rdb.ValueState.ZSetValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Reads the elements out of a payload of {@code DUMP}. */
public final class PayloadDecoder {
  private static final int PLAIN_NODE = 1;

  private final RdbInput in;
  private final int version;
  private final BaseRdbParser parser;
  private final DefaultRdbValueVisitor visitor;

  private PayloadDecoder(RdbInput in, int version) {
    this.in = in;
    this.version = version;
    this.parser = new BaseRdbParser(in);
    this.visitor = new DefaultRdbValueVisitor(new ReplicatorHost(in));
  }

  /**
   * Checks the payload and takes it apart.
   *
   * @throws IOException if it is cut, damaged, or of a type that is not known
   */
  public static ValueState decode(byte[] payload) throws IOException {
    int version = Payload.checkedVersion(payload);
    int type = payload[0] & 0xff;
    int length = payload.length - 1 - Payload.FOOTER_BYTES;
    RdbInput in = new RdbInput(new ByteArrayInputStream(payload, 1, length), length);
    try {
      ValueState state = new PayloadDecoder(in, version).value(type);
      if (in.position() != length && !(state instanceof Other)) {
        throw new IOException((length - in.position()) + " bytes are left over");
      }
      return state;
    } catch (IOException | RuntimeException | AssertionError e) {
      // The library throws errors of all these kinds.
      throw new IOException(
          "payload of type " + type + ", RDB version " + version + ": " + e.getMessage(), e);
    }
  }

  private ValueState value(int type) throws IOException {
    return switch (type) {
      case RdbType.STRING -> new StringValue(visitor.applyString(in, version));
      case RdbType.HASH_LISTPACK -> hash(listpack(), 2);
      case RdbType.ZSET_LISTPACK -> zset(listpack());
      case RdbType.SET_LISTPACK -> new SetValue(listpack());
      case RdbType.LIST_QUICKLIST_2 -> new ListValue(quicklist());
      case RdbType.SET_INTSET -> set(visitor.applySetIntSet(in, version));
      case RdbType.SET -> set(visitor.applySet(in, version));
      case RdbType.HASH -> hash(visitor.applyHash(in, version));
      case RdbType.ZSET_2 -> zset(visitor.<Collection<ZSetEntry>>applyZSet2(in, version));
      case RdbType.HASH_2 -> new HashValue(FieldExpiryHash.fields(in));
      case RdbType.HASH_METADATA -> expiringHash(visitor.applyHashMetadata(in, version));
      case RdbType.HASH_LISTPACK_EX -> {
        parser.rdbLoadMillisecondTime();
        yield hash(listpack(), 3);
      }
      default -> oldOrOther(type);
    };
  }

  /** Encodings that servers still restore but no longer make. */
  private ValueState oldOrOther(int type) throws IOException {
    return switch (type) {
      case RdbType.LIST -> list(visitor.applyList(in, version));
      case RdbType.LIST_ZIPLIST -> list(visitor.applyListZipList(in, version));
      case RdbType.LIST_QUICKLIST -> list(visitor.applyListQuickList(in, version));
      case RdbType.HASH_ZIPMAP -> hash(visitor.applyHashZipMap(in, version));
      case RdbType.HASH_ZIPLIST -> hash(visitor.applyHashZipList(in, version));
      case RdbType.ZSET -> zset(visitor.<Collection<ZSetEntry>>applyZSet(in, version));
      case RdbType.ZSET_ZIPLIST ->
          zset(visitor.<Collection<ZSetEntry>>applyZSetZipList(in, version));
      case RdbType.MODULE_2,
          RdbType.STREAM_LISTPACKS,
          RdbType.STREAM_LISTPACKS_2,
          RdbType.STREAM_LISTPACKS_3 ->
          new Other(type);
      default -> throw new IOException("unknown type of value");
    };
  }

  private List<byte[]> listpack() throws IOException {
    return Listpack.elements(parser.rdbLoadPlainStringObject().first());
  }

  private List<byte[]> quicklist() throws IOException {
    List<byte[]> elements = new ArrayList<>();
    for (long nodes = parser.rdbLoadLen().len; nodes > 0; nodes--) {
      long container = parser.rdbLoadLen().len;
      if (container == PLAIN_NODE) {
        elements.add(parser.rdbLoadPlainStringObject().first());
      } else {
        elements.addAll(listpack());
      }
    }
    return elements;
  }

  private static ListValue list(Collection<byte[]> elements) {
    return new ListValue(List.copyOf(elements));
  }

  private static SetValue set(Collection<byte[]> members) {
    return new SetValue(List.copyOf(members));
  }

  private static HashValue hash(Map<byte[], byte[]> map) {
    List<Field> fields = new ArrayList<>();
    map.forEach((name, value) -> fields.add(new Field(name, value, -1)));
    return new HashValue(fields);
  }

  private static HashValue expiringHash(Map<byte[], TTLValue> map) {
    List<Field> fields = new ArrayList<>();
    map.forEach((name, value) -> fields.add(field(name, value)));
    return new HashValue(fields);
  }

  private static Field field(byte[] name, TTLValue value) {
    return new Field(name, value.getValue(), value.getExpires() == null ? -1 : value.getExpires());
  }

  /** Fields from names, values and, with a stride of three, expiry times where 0 means none. */
  private static HashValue hash(List<byte[]> elements, int stride) throws IOException {
    expectMultiple(elements, stride);
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < elements.size(); i += stride) {
      long expires = stride < 3 ? 0 : Long.parseLong(text(elements.get(i + 2)));
      fields.add(new Field(elements.get(i), elements.get(i + 1), expires == 0 ? -1 : expires));
    }
    return new HashValue(fields);
  }

  private static ZSetValue zset(List<byte[]> elements) throws IOException {
    expectMultiple(elements, 2);
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < elements.size(); i += 2) {
      members.add(new Member(elements.get(i), score(text(elements.get(i + 1)))));
    }
    return new ZSetValue(members);
  }

  private static ZSetValue zset(Collection<ZSetEntry> entries) {
    return new ZSetValue(
        entries.stream().map(e -> new Member(e.getElement(), e.getScore())).toList());
  }

  private static void expectMultiple(List<byte[]> elements, int stride) throws IOException {
    if (elements.size() % stride != 0) {
      throw new IOException(elements.size() + " elements are no multiple of " + stride);
    }
  }

  private static double score(String text) {
    return switch (text) {
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  private static String text(byte[] raw) {
    return new String(raw, StandardCharsets.US_ASCII);
  }
}
