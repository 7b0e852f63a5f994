/**
 * The agent's own RESP port: what operators and other agents may ask of it. Apart from the daemon,
 * which it only knows as {@link io.norn.agent.control.AgentControl}.
 */
package io.norn.agent.control;
