/**
 * What the agent is told: configuration file, options, and the peers changed at run time. Apart
 * from the daemon, so that everything is checked in one place before anything starts.
 */
package io.norn.agent.config;
