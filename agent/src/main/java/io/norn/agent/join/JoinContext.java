package io.norn.agent.join;

import io.norn.agent.config.Policies.InitialSync;
import io.norn.apply.NodeMonitor;
import io.norn.journal.Journal;
import io.norn.rdb.RdbTarget;
import java.nio.file.Path;

/**
 * What merging a snapshot works with.
 *
 * @param monitor the node's state
 * @param writer runs steps on the applying connection
 * @param outbound the journal of the own stream
 * @param target RDB version that the local server understands
 * @param spool directory for snapshots
 * @param policy whose value counts where there is no other rule
 * @param meeting what the links of this node agree on
 * @param contested keys of which one value had to be chosen
 */
public record JoinContext(
    NodeMonitor monitor,
    JoinWriter writer,
    Journal outbound,
    RdbTarget target,
    Path spool,
    InitialSync policy,
    Meeting meeting,
    Contested contested) {}
