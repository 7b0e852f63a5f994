package io.norn.agent.join;

import io.norn.clock.StreamId;
import io.norn.rdb.KeyEntry;
import io.norn.rdb.PayloadDecoder;
import io.norn.rdb.RdbHandler;
import io.norn.rdb.RdbReader;
import io.norn.rdb.RdbTarget;
import io.norn.rdb.ValueState;
import io.norn.stream.Reserved;
import io.norn.stream.Text;
import io.norn.stream.VersionVector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A peer's dataset on disk.
 *
 * @param file the RDB file
 * @param stream the peer's stream
 * @param offset place in the stream at which it was taken
 * @param vector what of other nodes it holds
 * @param keys number of keys without the reserved ones
 */
record Snapshot(Path file, StreamId stream, long offset, VersionVector vector, long keys) {
  private static final Logger LOG = LoggerFactory.getLogger(Snapshot.class);

  /** Gets the keys of users. */
  @FunctionalInterface
  interface KeyConsumer {
    void accept(KeyEntry entry) throws IOException;
  }

  /** Reads through the file once, to find out what it covers. */
  static Snapshot open(Path file, StreamId stream, long offset, RdbTarget target)
      throws IOException {
    Map<String, String> fields = new HashMap<>();
    long[] keys = {0};
    read(
        file,
        target,
        entry -> {
          if (isReserved(entry)) {
            readVector(entry, fields);
          } else {
            keys[0]++;
          }
        });
    return new Snapshot(file, stream, offset, VersionVector.ofFields(fields), keys[0]);
  }

  private static void readVector(KeyEntry entry, Map<String, String> fields) throws IOException {
    if (Text.latin1(entry.key()).equals(Reserved.VECTOR_KEY)
        && PayloadDecoder.decode(entry.payload()) instanceof ValueState.HashValue hash) {
      for (ValueState.Field field : hash.fields()) {
        fields.put(Text.latin1(field.name()), Text.latin1(field.value()));
      }
    }
  }

  /** Hands out every key of users. */
  void forEach(RdbTarget target, KeyConsumer consumer) throws IOException {
    read(
        file,
        target,
        entry -> {
          if (!isReserved(entry)) {
            consumer.accept(entry);
          }
        });
  }

  private static boolean isReserved(KeyEntry entry) {
    return entry.db() == 0 && Reserved.isReserved(entry.key());
  }

  private static void read(Path file, RdbTarget target, KeyConsumer consumer) throws IOException {
    RdbReader.read(
        file,
        target,
        new RdbHandler() {
          @Override
          public void key(KeyEntry entry) throws IOException {
            consumer.accept(entry);
          }

          @Override
          public void function(byte[] payload) {
            LOG.debug("a library of functions in the snapshot is left to its own server");
          }

          @Override
          public void leftOut(String what) {
            LOG.warn("Not merged: {}", what);
          }
        });
  }
}
