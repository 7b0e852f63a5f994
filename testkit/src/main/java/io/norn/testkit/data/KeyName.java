package io.norn.testkit.data;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/** A key in a database, comparable by its bytes. */
final class KeyName implements Comparable<KeyName> {
  private static final byte[] NORN_PREFIX = "__norn".getBytes(US_ASCII);

  private final int db;
  private final byte[] name;

  KeyName(int db, byte[] name) {
    this.db = db;
    this.name = name;
  }

  byte[] name() {
    return name;
  }

  /** Whether it is one of the keys in which Norn itself keeps what it must not replicate. */
  boolean isOwnOfNorn() {
    int length = NORN_PREFIX.length;
    return name.length >= length && Arrays.equals(name, 0, length, NORN_PREFIX, 0, length);
  }

  @Override
  public int compareTo(KeyName other) {
    int byDb = Integer.compare(db, other.db);
    return byDb != 0 ? byDb : Arrays.compareUnsigned(name, other.name);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KeyName key && db == key.db && Arrays.equals(name, key.name);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(name) + db;
  }

  @Override
  public String toString() {
    return "db" + db + " " + Quoted.quote(name);
  }
}
