package io.norn.agent.expiry;

import io.norn.stream.DeleteCause;
import io.norn.stream.UnclassifiedDelete;
import java.nio.ByteBuffer;

/**
 * What deletes and events are matched by.
 *
 * @param db database
 * @param name the key
 * @param ofFields true if fields of it are meant, not the key itself
 */
record KeyId(int db, ByteBuffer name, boolean ofFields) {
  static KeyId of(UnclassifiedDelete delete) {
    return new KeyId(delete.db(), ByteBuffer.wrap(delete.key()), delete.isOfFields());
  }

  static KeyId of(ServerEvent event) {
    boolean ofFields = event.cause() == DeleteCause.FIELD_EXPIRED;
    return new KeyId(event.db(), ByteBuffer.wrap(event.key()), ofFields);
  }

  boolean isSameKey(KeyId other) {
    return db == other.db && name.equals(other.name);
  }
}
