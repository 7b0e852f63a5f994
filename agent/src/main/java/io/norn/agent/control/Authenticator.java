package io.norn.agent.control;

import io.norn.agent.config.AgentConfig;
import io.norn.net.Credentials;
import java.io.IOException;
import java.util.function.Supplier;

/** Decides who may use the control port. Used by many threads at a time. */
public interface Authenticator {
  /** What a client may do that has not authenticated. */
  Access withoutPassword();

  /**
   * What a client may do that shows these credentials; an empty user is the default user.
   *
   * @throws IOException if that cannot be found out now; one line for users
   */
  Access check(Credentials credentials) throws IOException;

  /** As {@link #of}, by the configuration that is in force whenever somebody is checked. */
  static Authenticator live(Supplier<AgentConfig> config) {
    return new LiveAuthenticator(config);
  }

  /**
   * As configured: by {@code requirepass}, else by the local server if that has a password, else
   * open (to clients of this host, see protected mode).
   */
  static Authenticator of(AgentConfig config) {
    Credentials own = config.listen().password();
    if (!own.isNone()) {
      return new PasswordAuthenticator(own.password());
    }
    return config.local().credentials().isNone()
        ? new OpenAuthenticator()
        : new LocalServerAuthenticator(config.local());
  }
}
