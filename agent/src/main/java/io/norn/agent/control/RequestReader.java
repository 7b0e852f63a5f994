package io.norn.agent.control;

import io.norn.agent.config.Words;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads requests: arrays of bulk strings, or inline text as from telnet. */
final class RequestReader {
  private static final int MAX_LENGTH_DIGITS = 10;

  private final InputStream in;

  RequestReader(InputStream in) {
    this.in = new BufferedInputStream(in);
  }

  /** Whether another request has begun to arrive. */
  boolean hasMore() throws IOException {
    return in.available() > 0;
  }

  /**
   * The next request; empty when the client has closed the connection.
   *
   * @throws ProtocolException if there is something else; the message is fit for the client
   */
  Optional<Request> read(RequestLimits limits) throws IOException {
    try {
      List<byte[]> words = List.of();
      while (words.isEmpty()) {
        int first = in.read();
        if (first < 0) {
          return Optional.empty();
        }
        words = first == '*' ? array(limits) : inline(first, limits);
      }
      return Optional.of(new Request(words));
    } catch (EOFException e) {
      // Cut off in the middle: there is nobody left to complain to.
      return Optional.empty();
    }
  }

  private List<byte[]> array(RequestLimits limits) throws IOException {
    int count = length("invalid multibulk length");
    if (count > limits.maxWords()) {
      throw new ProtocolException("invalid multibulk length, more than " + limits.maxWords());
    }
    List<byte[]> words = new ArrayList<>();
    int budget = limits.maxBytes();
    for (int i = 0; i < count; i++) {
      byte[] word = bulk(Math.min(budget, limits.maxWordBytes()));
      budget -= word.length;
      words.add(word);
    }
    return words;
  }

  private byte[] bulk(int maxBytes) throws IOException {
    int type = take();
    if (type != '$') {
      throw new ProtocolException("expected '$', got " + shown(type));
    }
    int length = length("invalid bulk length");
    if (length < 0 || length > maxBytes) {
      throw new ProtocolException("invalid bulk length, not from 0 to " + maxBytes);
    }
    byte[] word = in.readNBytes(length);
    if (word.length < length) {
      throw new EOFException();
    }
    if (take() != '\r' || take() != '\n') {
      throw new ProtocolException("a bulk string is longer than it says");
    }
    return word;
  }

  private int length(String problem) throws IOException {
    StringBuilder digits = new StringBuilder();
    for (int c = take(); c != '\r'; c = take()) {
      if (digits.length() == MAX_LENGTH_DIGITS) {
        throw new ProtocolException(problem);
      }
      digits.append((char) c);
    }
    if (take() != '\n' || !digits.toString().matches("-?[0-9]{1,9}")) {
      throw new ProtocolException(problem);
    }
    return Integer.parseInt(digits.toString());
  }

  private List<byte[]> inline(int first, RequestLimits limits) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = first; c != '\n'; c = take()) {
      if (line.size() == limits.maxBytes()) {
        throw new ProtocolException("too big inline request, more than " + limits.maxBytes());
      }
      line.write(c);
    }
    try {
      return Words.split(line.toString(StandardCharsets.UTF_8)).stream()
          .map(word -> word.getBytes(StandardCharsets.UTF_8))
          .toList();
    } catch (IllegalArgumentException e) {
      throw new ProtocolException("unbalanced quotes in request");
    }
  }

  private int take() throws IOException {
    int c = in.read();
    if (c < 0) {
      throw new EOFException();
    }
    return c;
  }

  private static String shown(int c) {
    return c > ' ' && c < 127 ? "'" + (char) c + "'" : "byte " + c;
  }
}
