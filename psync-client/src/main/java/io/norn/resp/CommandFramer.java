package io.norn.resp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Cuts the bytes of a replication stream into commands, however they were split on the way.
 *
 * <p>Every byte counts in the offsets, also those of blank lines and of commands sent as bare
 * lines, as they do for a replica. Used by one thread.
 */
public final class CommandFramer {
  private static final int UNKNOWN = -1;
  private static final int MAX_LENGTH_DIGITS = 10;
  private static final int FEW_SPANS = 64;
  private static final int MANY_SPANS = 1 << 16;

  private final RespLimits limits;
  private final GrowingBuffer buffer = new GrowingBuffer();
  private long endOffset;
  private byte[][] command = {};

  /** Where parsing of the unfinished command goes on, relative to its first byte. */
  private int parsed;

  private int argumentCount = UNKNOWN;
  private int bulkLength = UNKNOWN;

  /** Arguments of the unfinished command: first byte and length, relative to its first byte. */
  private int[] spans = new int[FEW_SPANS];

  private int arguments;

  /**
   * Starts at a boundary between commands.
   *
   * @param startOffset stream offset right before the first byte that will be fed
   * @param limits what a length on the wire may announce
   */
  public CommandFramer(long startOffset, RespLimits limits) {
    this.endOffset = startOffset;
    this.limits = limits;
  }

  /** Adds the next bytes of the stream; they are copied. */
  public void feed(byte[] source, int from, int length) {
    buffer.append(source, from, length);
  }

  /**
   * Advances to the next complete command.
   *
   * @return false if more bytes are needed
   * @throws MalformedStreamException if the stream is garbage; the framer is of no use afterwards
   */
  public boolean next() throws MalformedStreamException {
    skipBlankLines();
    if (buffer.start() == buffer.end()) {
      return false;
    }
    return buffer.bytes()[buffer.start()] == '*' ? nextArray() : nextInline();
  }

  /** Name and arguments of the command that {@link #next} advanced to. */
  public byte[][] command() {
    return command;
  }

  /** Stream offset right after that command. */
  public long endOffset() {
    return endOffset;
  }

  private void skipBlankLines() {
    if (parsed > 0) {
      return;
    }
    byte[] bytes = buffer.bytes();
    int at = buffer.start();
    while (at < buffer.end() && (bytes[at] == '\n' || bytes[at] == '\r')) {
      at++;
    }
    consume(at - buffer.start());
  }

  private boolean nextArray() throws MalformedStreamException {
    if (argumentCount == UNKNOWN) {
      argumentCount = length('*', "a number of arguments", 1, limits.maxArguments());
    }
    while (argumentCount != UNKNOWN && arguments < argumentCount) {
      if (!nextArgument()) {
        return false;
      }
    }
    return argumentCount != UNKNOWN && finishArray();
  }

  private boolean nextArgument() throws MalformedStreamException {
    if (bulkLength == UNKNOWN) {
      bulkLength = length('$', "the length of an argument", 0, limits.maxBulkBytes());
    }
    int start = buffer.start() + parsed;
    if ((long) parsed + bulkLength > limits.maxCommandBytes()) {
      throw malformed("a command of at most " + limits.maxCommandBytes() + " bytes", start);
    }
    if (bulkLength == UNKNOWN || buffer.end() - start - 2 < bulkLength) {
      return false;
    }
    expectLineEnd(start + bulkLength);
    addSpan(parsed, bulkLength);
    parsed += bulkLength + 2;
    bulkLength = UNKNOWN;
    return true;
  }

  /** Reads mark, digits and line end at the parsed position; UNKNOWN if they are not all there. */
  private int length(char mark, String what, int min, int max) throws MalformedStreamException {
    byte[] bytes = buffer.bytes();
    int start = buffer.start() + parsed;
    int end = buffer.end();
    if (start < end && bytes[start] != mark) {
      throw malformed("'" + mark + "' and " + what, start);
    }
    int at = start + 1;
    long value = 0;
    while (at < end && bytes[at] >= '0' && bytes[at] <= '9' && at - start <= MAX_LENGTH_DIGITS) {
      value = value * 10 + bytes[at++] - '0';
    }
    if (at < end && (bytes[at] != '\r' || at == start + 1 || value < min || value > max)) {
      throw malformed(what + " from " + min + " to " + max, start);
    }
    if (at + 1 >= end) {
      return UNKNOWN;
    }
    expectLineEnd(at);
    parsed = at + 2 - buffer.start();
    return (int) value;
  }

  private void expectLineEnd(int at) throws MalformedStreamException {
    if (buffer.bytes()[at] != '\r' || buffer.bytes()[at + 1] != '\n') {
      throw malformed("a line end", at);
    }
  }

  private void addSpan(int start, int length) {
    if (2 * arguments == spans.length) {
      spans = Arrays.copyOf(spans, 2 * spans.length);
    }
    spans[2 * arguments] = start;
    spans[2 * arguments + 1] = length;
    arguments++;
  }

  private boolean finishArray() {
    byte[] bytes = buffer.bytes();
    byte[][] complete = new byte[arguments][];
    for (int i = 0; i < arguments; i++) {
      int from = buffer.start() + spans[2 * i];
      complete[i] = Arrays.copyOfRange(bytes, from, from + spans[2 * i + 1]);
    }
    finish(complete, parsed);
    return true;
  }

  private boolean nextInline() throws MalformedStreamException {
    byte[] bytes = buffer.bytes();
    int at = buffer.start() + parsed;
    while (at < buffer.end() && bytes[at] != '\n') {
      expectInlineByte(at++);
    }
    if (at == buffer.end()) {
      parsed = at - buffer.start();
      return false;
    }
    int length = at - buffer.start();
    String line = new String(bytes, buffer.start(), length, StandardCharsets.US_ASCII);
    finish(words(line.strip()), length + 1);
    return true;
  }

  private void expectInlineByte(int at) throws MalformedStreamException {
    int c = buffer.bytes()[at];
    boolean first = at == buffer.start();
    boolean letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    boolean fits = first ? letter : (c >= ' ' && c <= '~') || c == '\t' || c == '\r';
    if (!fits || at - buffer.start() >= limits.maxInlineBytes()) {
      throw malformed("a command", buffer.start());
    }
  }

  private static byte[][] words(String line) {
    String[] words = line.split("\\s+", 0);
    byte[][] raw = new byte[words.length][];
    for (int i = 0; i < raw.length; i++) {
      raw[i] = words[i].getBytes(StandardCharsets.US_ASCII);
    }
    return raw;
  }

  private void finish(byte[][] complete, int length) {
    command = complete;
    consume(length);
    parsed = 0;
    arguments = 0;
    argumentCount = UNKNOWN;
    if (spans.length > MANY_SPANS) {
      spans = new int[FEW_SPANS];
    }
  }

  private void consume(int length) {
    buffer.consume(length);
    endOffset += length;
  }

  private MalformedStreamException malformed(String expected, int at) {
    long offset = endOffset + at - buffer.start();
    return new MalformedStreamException(offset, expected, buffer.bytes(), at, buffer.end());
  }
}
