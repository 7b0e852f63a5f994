package io.norn.agent.control;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Collects replies in RESP2 or RESP3 until they are sent. */
final class Reply {
  private ByteArrayOutputStream buffer = new ByteArrayOutputStream();
  private int protocol = 2;

  /** From now on replies are of this version of the protocol, 2 or 3. */
  void protocol(int version) {
    protocol = version;
  }

  int protocol() {
    return protocol;
  }

  int size() {
    return buffer.size();
  }

  void ok() {
    simple("OK");
  }

  void simple(String text) {
    line('+', oneLine(text));
  }

  /** An error with its code: {@code ERR something}. */
  void error(String text) {
    line('-', oneLine(text));
  }

  void integer(long number) {
    line(':', Long.toString(number));
  }

  void bulk(String text) {
    bulk(text.getBytes(StandardCharsets.UTF_8));
  }

  void bulk(byte[] bytes) {
    line('$', Integer.toString(bytes.length));
    buffer.writeBytes(bytes);
    end();
  }

  void nothing() {
    buffer.writeBytes((protocol == 3 ? "_\r\n" : "$-1\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  /** Begins an array; that many replies must follow. */
  void array(int size) {
    line('*', Integer.toString(size));
  }

  /** Begins a map; that many pairs of replies must follow. */
  void map(int pairs) {
    line(protocol == 3 ? '%' : '*', Integer.toString(protocol == 3 ? pairs : pairs * 2));
  }

  /** Begins what a subscriber gets; that many replies must follow. */
  void push(int size) {
    line(protocol == 3 ? '>' : '*', Integer.toString(size));
  }

  /** Takes back what came after the first bytes: an error stands instead. */
  void cutTo(int size) {
    if (size == buffer.size()) {
      return;
    }
    byte[] kept = buffer.toByteArray();
    buffer = new ByteArrayOutputStream();
    buffer.write(kept, 0, size);
  }

  void sendTo(OutputStream out) throws IOException {
    buffer.writeTo(out);
    buffer.reset();
  }

  private void line(char type, String text) {
    buffer.write(type);
    buffer.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    end();
  }

  private void end() {
    buffer.write('\r');
    buffer.write('\n');
  }

  /** A line break inside would be taken for the end of the reply. */
  private static String oneLine(String text) {
    return text.replaceAll("[\\r\\n]+", " ");
  }
}
