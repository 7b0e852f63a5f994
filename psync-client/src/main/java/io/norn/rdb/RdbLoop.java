package io.norn.rdb;

import com.moilioncircle.redis.replicator.rdb.BaseRdbParser;
import com.moilioncircle.redis.replicator.rdb.skip.SkipRdbParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Goes through the opcodes of a snapshot. Own loop, because the library's knows neither Valkey 9
 * nor what to say when something is wrong.
 *
 * <p>Opcodes: valkey {@code src/rdb.h}.
 */
final class RdbLoop {
  private static final int SLOT_INFO = 244;
  private static final int FUNCTION_2 = 245;
  private static final int MODULE_AUX = 247;
  private static final int IDLE = 248;
  private static final int FREQ = 249;
  private static final int AUX = 250;
  private static final int RESIZE_DB = 251;
  private static final int EXPIRE_MILLIS = 252;
  private static final int EXPIRE_SECONDS = 253;
  private static final int SELECT_DB = 254;
  private static final int EOF = 255;

  /** All numbers from there on are, or may become, opcodes. */
  private static final int FIRST_OPCODE = 240;

  private static final int SHOWN_KEY_BYTES = 60;

  /** A piece of reading that may fail in the library's many ways. */
  private interface Reading<T> {
    T read() throws IOException;
  }

  private final Path file;
  private final RdbInput in;
  private final BaseRdbParser parser;
  private final ValuePayloads payloads;
  private final RdbHandler handler;
  private int db;
  private long expireAtMillis = -1;
  private String place = "";

  RdbLoop(Path file, RdbInput in, ValuePayloads payloads, RdbHandler handler) {
    this.file = file;
    this.in = in;
    this.parser = new BaseRdbParser(in);
    this.payloads = payloads;
    this.handler = handler;
  }

  void run() throws IOException {
    for (int opcode = opcode(); opcode != EOF; opcode = opcode()) {
      if (opcode < FIRST_OPCODE) {
        key(opcode);
      } else {
        item(opcode);
      }
    }
    guarded(this::expectEnd);
  }

  private int opcode() throws IOException {
    place = "";
    return guarded(in::read);
  }

  private void item(int opcode) throws IOException {
    switch (opcode) {
      case EXPIRE_MILLIS -> expireAtMillis = guarded(parser::rdbLoadMillisecondTime);
      case EXPIRE_SECONDS ->
          expireAtMillis = TimeUnit.SECONDS.toMillis(guarded(parser::rdbLoadTime));
      case SELECT_DB -> db = guarded(this::length).intValue();
      case AUX -> handler.aux(guarded(this::text), guarded(this::text));
      case FUNCTION_2 -> handler.function(guarded(payloads::function));
      case MODULE_AUX -> moduleAux();
      default -> guarded(() -> skip(opcode));
    }
  }

  /** Advice for the server's memory, of no use elsewhere. */
  private long skip(int opcode) throws IOException {
    return switch (opcode) {
      case IDLE -> length();
      case FREQ -> in.read();
      case RESIZE_DB -> length() + length();
      case SLOT_INFO -> length() + length() + length();
      default -> throw new IOException("unknown opcode " + opcode);
    };
  }

  private void key(int type) throws IOException {
    place = "value of type " + type + ", ";
    byte[] key = guarded(() -> parser.rdbLoadEncodedStringObject().first());
    place = "key '" + shown(key) + "' of type " + type + " in database " + db + ", ";
    byte[] payload = guarded(() -> payloads.value(type));
    if (payloads.losesFieldExpiry(type)) {
      handler.leftOut("expiry of the fields of hash '" + shown(key) + "' in database " + db);
    }
    long expires = expireAtMillis;
    expireAtMillis = -1;
    handler.key(new KeyEntry(db, key, expires, payload, payload[0]));
  }

  private void moduleAux() throws IOException {
    guarded(
        () -> {
          length();
          new SkipRdbParser(in).rdbLoadCheckModuleValue();
          return true;
        });
    handler.leftOut("data of a module that belongs to no key");
  }

  private Long length() throws IOException {
    return parser.rdbLoadLen().len;
  }

  private String text() throws IOException {
    return new String(parser.rdbLoadEncodedStringObject().first(), StandardCharsets.UTF_8);
  }

  private boolean expectEnd() throws IOException {
    in.skip(RdbFileCheck.TRAILER_BYTES);
    if (in.position() != in.size()) {
      throw new IOException((in.size() - in.position()) + " bytes follow the end of the snapshot");
    }
    return true;
  }

  /** Adds the place to whatever goes wrong; the library throws {@link Error}s too. */
  private <T> T guarded(Reading<T> reading) throws IOException {
    try {
      return reading.read();
    } catch (IOException | RuntimeException | AssertionError e) {
      throw new IOException(
          file + ": " + place + "offset " + in.position() + ": " + e.getMessage(), e);
    }
  }

  private static String shown(byte[] key) {
    int length = Math.min(key.length, SHOWN_KEY_BYTES);
    String text = new String(key, 0, length, StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", "?");
    return length < key.length ? text + "…" : text;
  }
}
