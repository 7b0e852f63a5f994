/**
 * Cuts a replication stream into commands with their offsets. Apart from sessions, because journals
 * are framed in the same way long after their session has ended.
 */
package io.norn.resp;
