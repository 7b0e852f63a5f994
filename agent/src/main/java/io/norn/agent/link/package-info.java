/**
 * Replication links and what is made of their bytes: journaled first, then decoded. Apart from
 * merging, which sees only decoded items.
 */
package io.norn.agent.link;
