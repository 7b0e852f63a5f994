/** Certificates made while a test runs. Apart, because only tests of TLS need them. */
package io.norn.testkit.tls;
