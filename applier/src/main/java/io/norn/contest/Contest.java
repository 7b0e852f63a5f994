package io.norn.contest;

import io.norn.clock.Stamp;
import io.norn.command.DbKey;
import io.norn.command.ValueType;
import java.util.Locale;

/**
 * One decision between two operations.
 *
 * @param rule why
 * @param key the key
 * @param type type of the value, {@link ValueType#NONE} for the key as a whole or its time to live
 * @param winner the operation that counts
 * @param loser the other one
 */
public record Contest(Rule rule, DbKey key, ValueType type, Side winner, Side loser) {

  /**
   * What one side did.
   *
   * @param stamp when and where
   * @param command readable, without the key where that is not known to be part of it
   */
  public record Side(Stamp stamp, String command) {}

  /** A type as part of the name of a counter. */
  public static String counter(ValueType type) {
    return type == ValueType.NONE ? "key" : type.name().toLowerCase(Locale.ROOT);
  }
}
