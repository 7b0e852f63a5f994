package io.norn.window;

import io.norn.clock.Stamp;
import io.norn.command.ElementOp;

/**
 * An operation on an element that the window remembers.
 *
 * @param stamp when
 * @param op what
 */
public record LaterOp(Stamp stamp, ElementOp op) {}
