/**
 * Where a server is and how to prove who we are: addresses, credentials, TLS. Apart from the
 * connections themselves, because replication links and command connections share it.
 */
package io.norn.net;
