package io.norn.command;

/**
 * A key in a database.
 *
 * @param db number of the database
 * @param key name of the key
 */
public record DbKey(int db, Bytes key) implements Comparable<DbKey> {

  public static DbKey of(int db, byte[] key) {
    return new DbKey(db, new Bytes(key));
  }

  @Override
  public int compareTo(DbKey other) {
    int byDb = Integer.compare(db, other.db);
    return byDb != 0 ? byDb : key.compareTo(other.key);
  }

  @Override
  public String toString() {
    return db + "/" + key;
  }
}
