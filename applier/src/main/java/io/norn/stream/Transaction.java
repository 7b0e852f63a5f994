package io.norn.stream;

import java.util.List;

/**
 * What belongs together in a stream: a MULTI/EXEC, or a command outside of one.
 *
 * @param marker the marker, if an agent wrote this; otherwise null
 * @param tick the tick, if this is one; otherwise null
 * @param changes writes on keys of users
 * @param messages texts on the reserved channel
 * @param touchesReserved true if somebody may have removed a reserved key
 * @param dbAfter database selected behind it
 * @param endOffset stream offset behind it
 */
record Transaction(
    Marker marker,
    Tick tick,
    List<Change> changes,
    List<String> messages,
    boolean touchesReserved,
    int dbAfter,
    long endOffset) {}
