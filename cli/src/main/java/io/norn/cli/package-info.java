/**
 * The {@code norn} command: one class for each sub-command. Apart from the agent, so that the
 * daemon knows nothing of terminals and the command line nothing of replication.
 */
package io.norn.cli;
