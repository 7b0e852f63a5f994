/**
 * Real servers as child processes: where their programs come from and how they live and die. Apart,
 * because it is the one place that knows how a server is started.
 */
package io.norn.testkit.server;
