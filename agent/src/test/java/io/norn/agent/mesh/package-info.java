/**
 * Meshes of real servers with an agent in a process of its own beside each, under load and faults.
 * Apart from the tests of single parts, because here nothing is looked at but what users see.
 */
package io.norn.agent.mesh;
