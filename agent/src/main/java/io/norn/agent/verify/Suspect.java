package io.norn.agent.verify;

/**
 * A key of which nodes held different values when they were looked at.
 *
 * @param db its database
 * @param key its name
 */
@SuppressWarnings("ArrayRecordComponent") // On its way to servers; nobody compares two of them.
record Suspect(int db, byte[] key) {}
