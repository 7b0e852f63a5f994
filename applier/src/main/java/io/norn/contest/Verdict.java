package io.norn.contest;

import io.norn.clock.Stamp;
import io.norn.command.ValueType;

/**
 * What an operation met.
 *
 * @param rule why one of the two prevails
 * @param type of the value
 * @param other when the other operation happened
 * @param what the other operation did
 * @param won true if the operation that was decided prevails
 */
record Verdict(Rule rule, ValueType type, Stamp other, String what, boolean won) {}
