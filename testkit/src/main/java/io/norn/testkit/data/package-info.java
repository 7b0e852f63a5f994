/**
 * What is in a server, and how two servers differ. Apart, because it is the judge of every test and
 * must share no code with what it judges.
 */
package io.norn.testkit.data;
