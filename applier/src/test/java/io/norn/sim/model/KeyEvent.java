package io.norn.sim.model;

/**
 * A keyspace event of a delete by the server itself.
 *
 * @param kind {@code expired} or {@code evicted}
 * @param database database number
 * @param key the key
 * @param endOffset where the stream stood when the delete's execution unit ended
 */
public record KeyEvent(String kind, int database, String key, long endOffset) {}
