package io.norn.sim.model;

/**
 * What a server had on disk: its data and where in its stream that was.
 *
 * @param dataset copy of the data
 * @param replid id of the stream
 * @param offset position in it
 */
public record Snapshot(Dataset dataset, String replid, long offset) {}
