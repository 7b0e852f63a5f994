/**
 * What the local server says about its commands. Apart from the command table, which is pure and
 * knows the commands that all servers have.
 */
package io.norn.agent.table;
