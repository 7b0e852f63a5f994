package io.norn.command;

import io.norn.command.MergePolicy.Option;
import io.norn.stream.DeleteCause;
import java.util.List;

/** Takes out of commands what by the policy stays at its node. */
final class PolicyFilter {
  private final MergePolicy policy;

  PolicyFilter(MergePolicy policy) {
    this.policy = policy;
  }

  /** Under which name a notice is looked up. */
  String notice(String name) {
    boolean shared = policy.has(Option.SHARED_EVICTIONS);
    return shared && name.equals(DeleteCause.EVICTED.command())
        ? DeleteCause.EXPIRED.command()
        : name;
  }

  List<Op> shared(List<Op> ops) {
    boolean all = policy.prefixes().isEmpty() && !policy.has(Option.LOCAL_FLUSHES);
    return all ? ops : ops.stream().filter(this::isShared).toList();
  }

  private boolean isShared(Op op) {
    if (op instanceof Op.Flush) {
      return !policy.has(Option.LOCAL_FLUSHES);
    }
    return op.keys().isEmpty()
        || op.keys().stream().anyMatch(key -> policy.isShared(key.key().raw()));
  }
}
