package io.norn.agent.link;

import io.norn.clock.StreamId;
import io.norn.journal.Journal;
import io.norn.journal.SyncPolicy;
import io.norn.psync.LinkSettings;

/**
 * What the link to the local server works with.
 *
 * @param id the own stream
 * @param settings of the link
 * @param journal the outbound journal
 * @param policy when it is forced to disk
 */
public record OwnStream(StreamId id, LinkSettings settings, Journal journal, SyncPolicy policy) {}
