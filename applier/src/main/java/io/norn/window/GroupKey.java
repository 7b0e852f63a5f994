package io.norn.window;

import io.norn.command.Bytes;
import io.norn.command.DbKey;

/**
 * A group of consumers.
 *
 * @param key its stream
 * @param group its name
 */
public record GroupKey(DbKey key, Bytes group) {}
