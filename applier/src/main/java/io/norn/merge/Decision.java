package io.norn.merge;

import io.norn.contest.Contests;
import java.util.List;

/**
 * What a batch comes to.
 *
 * @param emissions commands to execute, in order
 * @param skipped operations that a later one makes meaningless
 * @param verbatim commands that merging has no rule for
 * @param impossible increments of what is no number
 * @param contests what was decided against what
 */
public record Decision(
    List<Emission> emissions, long skipped, long verbatim, long impossible, Contests contests) {}
