/**
 * Reads snapshots and payloads of {@code DUMP}. The only package that knows redis-replicator, so
 * that its habits (errors as {@link Error}s, silent gaps) stay behind one door.
 */
package io.norn.rdb;
