package io.norn.agent.table;

import io.norn.apply.ServerTraits;
import io.norn.command.CommandTable;
import io.norn.command.MergePolicy;
import io.norn.net.Endpoint;
import io.norn.psync.PrimaryInfo;
import io.norn.rdb.PayloadRewriter;
import io.norn.rdb.RdbTarget;
import io.norn.server.ServerConnection;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out what is special about the local server. */
public final class LocalTraits {
  private static final Logger LOG = LoggerFactory.getLogger(LocalTraits.class);

  private LocalTraits() {}

  /** Asks the server, and puts what its commands mean under a policy. */
  public static ServerTraits of(Endpoint local, PrimaryInfo info, MergePolicy policy)
      throws IOException {
    RdbTarget target = RdbTarget.of(info);
    try (ServerConnection server = ServerConnection.open(local)) {
      CommandTable table = new CommandTable(CommandKeys.learn(server)).under(policy);
      return new ServerTraits(
          table, payload -> rewrite(payload, target), FollowedValues::ofPayload);
    }
  }

  /** A payload that cannot be rewritten is left to the server, which refuses it with its reason. */
  private static byte[] rewrite(byte[] payload, RdbTarget target) {
    if (payload.length == 0) {
      return payload;
    }
    try {
      return PayloadRewriter.rewrite(payload, target);
    } catch (IOException e) {
      LOG.warn("A published state cannot be rewritten for the local server: {}", e.getMessage());
      return payload;
    }
  }
}
