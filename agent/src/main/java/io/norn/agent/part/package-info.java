/**
 * What the parts of an agent are made of: a thread, the state of a link, a sign of life. Apart,
 * because links, merging and the node all use it, and would otherwise know each other in circles.
 */
package io.norn.agent.part;
