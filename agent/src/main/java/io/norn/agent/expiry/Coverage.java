package io.norn.agent.expiry;

import io.norn.stream.DeleteCause;
import java.util.SortedMap;

/**
 * What a tick may cover now.
 *
 * @param upto up to where; not more than asked for
 * @param deletes the server's own deletes up to there, by end offset
 * @param unseen number of deletes up to there that are taken for clients' because no subscription
 *     stood
 */
public record Coverage(long upto, SortedMap<Long, DeleteCause> deletes, int unseen) {}
