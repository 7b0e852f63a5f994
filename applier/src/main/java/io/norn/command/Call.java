package io.norn.command;

import io.norn.stream.Text;
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
    return DbKey.of(db, args[1]);
  }

  int count() {
    return args.length;
  }

  byte[] arg(int index) {
    return args[index];
  }

  boolean is(int index, String upperCaseWord) {
    return Text.is(args[index], upperCaseWord);
  }

  /**
   * Reads an integer.
   *
   * @throws MalformedCallException if the argument is none
   */
  long integer(int index) {
    return Text.integer(args[index]).orElseThrow(MalformedCallException::new);
  }

  long nowMillis() {
    return hlcMicros / 1000;
  }

  /** All arguments from an index on. */
  List<byte[]> from(int index) {
    return Arrays.asList(args).subList(index, args.length);
  }

  /** A command whose order with others on the written keys matters. */
  Op opaque(List<DbKey> written, List<DbKey> sources) {
    return new Op.Opaque(written, sources, db, args);
  }

  Op opaque(DbKey... written) {
    return opaque(List.of(written), List.of());
  }

  Op elements(ValueType type, List<ElementOp> ops) {
    return new Op.Elements(key(), type, ops);
  }

  /** An argument is not what the command needs; such a command is treated as one without a rule. */
  static final class MalformedCallException extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
