package io.norn.agent.control;

import io.norn.agent.config.AgentConfig;
import io.norn.net.Credentials;
import java.io.IOException;
import java.util.function.Supplier;

/** Goes by the configuration that is in force at the moment. */
final class LiveAuthenticator implements Authenticator {
  private final Supplier<AgentConfig> config;
  private volatile Decided decided;

  /** Who decides under one configuration. */
  private record Decided(AgentConfig config, Authenticator authenticator) {}

  LiveAuthenticator(Supplier<AgentConfig> config) {
    this.config = config;
    this.decided = decided(config.get());
  }

  private static Decided decided(AgentConfig config) {
    return new Decided(config, Authenticator.of(config));
  }

  @SuppressWarnings("ReferenceEquality") // A change makes a new one, which may be equal to the old.
  private Authenticator now() {
    AgentConfig current = config.get();
    if (decided.config() != current) {
      decided = decided(current);
    }
    return decided.authenticator();
  }

  @Override
  public Access withoutPassword() {
    return now().withoutPassword();
  }

  @Override
  public Access check(Credentials credentials) throws IOException {
    return now().check(credentials);
  }
}
