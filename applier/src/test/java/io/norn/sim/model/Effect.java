package io.norn.sim.model;

import java.util.List;

/**
 * A command to be propagated.
 *
 * @param database where it ran
 * @param words its words
 */
record Effect(int database, List<String> words) {}
