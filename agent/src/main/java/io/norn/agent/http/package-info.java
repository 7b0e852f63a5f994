/**
 * The HTTP port: metrics, health, the status page. The only package that knows the HTTP server of
 * the JDK; it shows what it is given and changes nothing.
 */
package io.norn.agent.http;
