package io.norn.rdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.server.ServerConnection;
import io.norn.server.ServerError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Writes a snapshot into a server. */
final class Restore implements RdbHandler {
  private final ServerConnection target;
  private int db;
  int keys;

  Restore(ServerConnection target) {
    this.target = target;
  }

  @Override
  public void key(KeyEntry entry) throws IOException {
    if (entry.db() != db) {
      db = entry.db();
      target.require("SELECT", Integer.toString(db));
    }
    Object reply =
        target.call(
            ascii("RESTORE"),
            entry.key(),
            ascii(Long.toString(Math.max(0, entry.expireAtMillis()))),
            entry.payload(),
            ascii("ABSTTL"));
    assertThat(reply)
        .as(
            "RESTORE of %s, type %d",
            new String(entry.key(), StandardCharsets.UTF_8), entry.rdbType())
        .isNotInstanceOf(ServerError.class);
    keys++;
  }

  @Override
  public void function(byte[] payload) throws IOException {
    target.require(ascii("FUNCTION"), ascii("RESTORE"), payload);
  }

  @Override
  public void leftOut(String what) {
    assertThat(what).contains("expiry of the fields");
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
