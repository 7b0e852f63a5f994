package io.norn.journal;

/**
 * What a journal holds of one stream.
 *
 * @param stream the replid under which this history was first known
 * @param firstOffset the position of the first byte held
 * @param endOffset the position after the last byte held
 */
public record StreamRange(String stream, long firstOffset, long endOffset) {}
