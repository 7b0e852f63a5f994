/**
 * Links that misbehave on demand. Apart, because a fault of the network is neither a matter of the
 * server nor of its data.
 */
package io.norn.testkit.net;
