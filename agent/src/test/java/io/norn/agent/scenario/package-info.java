/**
 * Scenarios in plain text, run against real servers and agents: what users and other products'
 * documentation expect, readable without knowing Norn's code.
 */
package io.norn.agent.scenario;
