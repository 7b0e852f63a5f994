/**
 * What tests need around the code under test: seeds, clocks, child processes that never outlive
 * their test. Apart from the servers and links, because these know nothing of Redis.
 */
package io.norn.testkit;
