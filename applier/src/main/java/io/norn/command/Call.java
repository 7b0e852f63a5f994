package io.norn.command;

import io.norn.stream.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A write command as it stands in a stream, with helpers to take it apart.
 *
 * @param db database selected
 * @param args name and arguments
 * @param hlcMicros its stamp's time: relative times count from it, so that all nodes compute the
 *     same
 */
record Call(int db, byte[][] args, long hlcMicros) {

  DbKey key() {
    return DbKey.of(db, arg(1));
  }

  int count() {
    return args.length;
  }

  /**
   * An argument; that of index 0 is the name.
   *
   * @throws MalformedCallException if there are not so many
   */
  byte[] arg(int index) {
    if (index >= args.length) {
      throw new MalformedCallException();
    }
    return args[index];
  }

  boolean is(int index, String upperCaseWord) {
    return Text.is(arg(index), upperCaseWord);
  }

  /**
   * Reads an integer.
   *
   * @throws MalformedCallException if the argument is none
   */
  long integer(int index) {
    return Text.integer(arg(index)).orElseThrow(MalformedCallException::new);
  }

  /**
   * Reads a number of things that follow.
   *
   * @throws MalformedCallException if there cannot be so many
   */
  int number(int index) {
    long number = integer(index);
    if (number < 0 || number > args.length - index - 1) {
      throw new MalformedCallException();
    }
    return (int) number;
  }

  long nowMillis() {
    return hlcMicros / 1000;
  }

  /** All arguments from an index on. */
  List<byte[]> from(int index) {
    return index >= args.length ? List.of() : Arrays.asList(args).subList(index, args.length);
  }

  /**
   * Where a word stands.
   *
   * @throws MalformedCallException if it is not there
   */
  int indexOf(String upperCaseWord, int from) {
    for (int i = from; i < args.length; i++) {
      if (is(i, upperCaseWord)) {
        return i;
      }
    }
    throw new MalformedCallException();
  }

  /** Keys at every {@code step}th argument, {@code to} not included. */
  List<DbKey> keys(int from, int to, int step) {
    List<DbKey> keys = new ArrayList<>();
    for (int i = from; i < to; i += step) {
      keys.add(DbKey.of(db, arg(i)));
    }
    return keys;
  }

  /** Keys behind the argument that says how many there are. */
  List<DbKey> countedKeys(int index, int step) {
    int first = index + 1;
    return keys(first, first + number(index) * step, step);
  }

  /** The database that an option names; else the one selected. */
  int copyDb() {
    for (int i = 3; i < args.length - 1; i++) {
      if (is(i, "DB")) {
        return (int) integer(i + 1);
      }
    }
    return db;
  }

  /** A command whose order with others on the written keys matters. */
  Op opaque(List<DbKey> written, List<DbKey> sources) {
    return new Op.Opaque(written, sources, db, args);
  }

  Op opaque(DbKey... written) {
    return opaque(List.of(written), List.of());
  }

  Op elements(ValueType type, List<ElementOp> ops) {
    if (ops.isEmpty()) {
      throw new MalformedCallException();
    }
    return new Op.Elements(key(), type, ops);
  }

  /** An argument is not what the command needs; such a command is treated as one without a rule. */
  static final class MalformedCallException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
