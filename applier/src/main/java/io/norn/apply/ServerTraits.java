package io.norn.apply;

import io.norn.command.CommandTable;
import io.norn.shadow.Shadow;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What is special about the local server.
 *
 * @param table its commands, those of its modules among them
 * @param payloads makes payloads of {@code DUMP} from other servers such that this one takes them
 * @param shadows reads values out of payloads; null for what cannot be followed
 */
public record ServerTraits(
    CommandTable table, UnaryOperator<byte[]> payloads, Function<byte[], Shadow> shadows) {

  /** A server without modules that takes all payloads. */
  public static ServerTraits plain() {
    return new ServerTraits(new CommandTable(), UnaryOperator.identity(), payload -> null);
  }
}
