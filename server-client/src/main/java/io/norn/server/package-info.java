/**
 * Command connections to a server. The only package that knows Jedis, so that the rest depends on a
 * handful of methods.
 */
package io.norn.server;
