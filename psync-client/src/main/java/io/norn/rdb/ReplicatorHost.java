package io.norn.rdb;

import com.moilioncircle.redis.replicator.AbstractReplicator;
import com.moilioncircle.redis.replicator.Configuration;
import com.moilioncircle.redis.replicator.Status;
import com.moilioncircle.redis.replicator.io.RedisInputStream;

/**
 * What the library's visitors want to have around them. They copy values through listeners of the
 * host, and make empty payloads, without a word, if the input does not know these listeners.
 */
final class ReplicatorHost extends AbstractReplicator {
  ReplicatorHost(RedisInputStream in) {
    configuration = Configuration.defaultSetting();
    setStatus(Status.CONNECTED);
    in.setRawByteListeners(rawByteListeners);
  }

  @Override
  public void open() {}
}
