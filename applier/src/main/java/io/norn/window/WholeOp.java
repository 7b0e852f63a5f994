package io.norn.window;

import io.norn.clock.Stamp;
import io.norn.command.ValueType;

/**
 * An operation that replaced or removed a key as a whole.
 *
 * @param stamp when
 * @param type type of the value that it left; {@link ValueType#NONE} if it removed the key
 */
record WholeOp(Stamp stamp, ValueType type) {}
