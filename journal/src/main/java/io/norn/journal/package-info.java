/**
 * Journals of replication streams on disk: append, read from a position, retention, checks. They
 * know bytes and positions but no commands, so that whatever a server sends can be kept.
 */
package io.norn.journal;
