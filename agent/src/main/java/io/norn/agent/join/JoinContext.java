package io.norn.agent.join;

import io.norn.agent.config.Policies.InitialSync;
import io.norn.apply.NodeMonitor;
import io.norn.rdb.RdbTarget;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;

/**
 * What merging a snapshot works with.
 *
 * @param monitor the node's state
 * @param writer runs steps on the applying connection
 * @param target RDB version that the local server understands
 * @param spool directory for snapshots
 * @param policy whose value counts where there is no other rule
 * @param turn one merge at a time: two at once could delete what the other brought
 */
public record JoinContext(
    NodeMonitor monitor,
    JoinWriter writer,
    RdbTarget target,
    Path spool,
    InitialSync policy,
    Semaphore turn) {}
