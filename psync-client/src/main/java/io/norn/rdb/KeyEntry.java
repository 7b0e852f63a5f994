package io.norn.rdb;

/**
 * One key of a snapshot.
 *
 * @param db database number
 * @param key its name
 * @param expireAtMillis when it expires, milliseconds since the epoch; -1 if never
 * @param payload its value, fit for {@code RESTORE} on the target
 * @param rdbType first byte of the payload: type and encoding of the value
 */
@SuppressWarnings("ArrayRecordComponent") // A parcel on its way; nobody compares two of them.
public record KeyEntry(int db, byte[] key, long expireAtMillis, byte[] payload, int rdbType) {}
