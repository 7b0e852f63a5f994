package io.norn.rdb;

/** Types of values in RDB files. Source: valkey and redis {@code src/rdb.h}. */
final class RdbType {
  static final int STRING = 0;
  static final int LIST = 1;
  static final int SET = 2;
  static final int ZSET = 3;
  static final int HASH = 4;
  static final int ZSET_2 = 5;
  static final int MODULE_2 = 7;
  static final int HASH_ZIPMAP = 9;
  static final int LIST_ZIPLIST = 10;
  static final int SET_INTSET = 11;
  static final int ZSET_ZIPLIST = 12;
  static final int HASH_ZIPLIST = 13;
  static final int LIST_QUICKLIST = 14;
  static final int STREAM_LISTPACKS = 15;
  static final int HASH_LISTPACK = 16;
  static final int ZSET_LISTPACK = 17;
  static final int LIST_QUICKLIST_2 = 18;
  static final int STREAM_LISTPACKS_2 = 19;
  static final int SET_LISTPACK = 20;
  static final int STREAM_LISTPACKS_3 = 21;

  /** Valkey 9: a hash whose fields expire. */
  static final int HASH_2 = 22;

  /** Redis 7.4: a hash whose fields expire. */
  static final int HASH_METADATA = 24;

  /** Redis 7.4: the same, small. */
  static final int HASH_LISTPACK_EX = 25;

  private RdbType() {}
}
