package io.norn.agent.http;

import io.norn.agent.control.Access;
import io.norn.agent.control.Authenticator;
import io.norn.net.Credentials;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who may look: the same people as on the control port. */
final class Admission {
  private static final Logger LOG = LoggerFactory.getLogger(Admission.class);
  private static final String BASIC = "Basic ";

  private final Authenticator authenticator;
  private final BooleanSupplier isProtected;

  /** What a request is answered with. */
  enum Verdict {
    WELCOME,
    /** Credentials are missing or wrong. */
    AUTHENTICATE,
    /** Of another host, and no password is configured. */
    FORBIDDEN
  }

  Admission(Authenticator authenticator, BooleanSupplier isProtected) {
    this.authenticator = authenticator;
    this.isProtected = isProtected;
  }

  /**
   * Decides.
   *
   * @param authorization the header of that name, null for none
   */
  Verdict of(InetAddress client, String authorization) {
    if (authenticator.withoutPassword() == Access.NONE) {
      return mayLook(authorization) ? Verdict.WELCOME : Verdict.AUTHENTICATE;
    }
    boolean isStranger = isProtected.getAsBoolean() && !client.isLoopbackAddress();
    return isStranger ? Verdict.FORBIDDEN : Verdict.WELCOME;
  }

  private boolean mayLook(String authorization) {
    if (authorization == null || !authorization.startsWith(BASIC)) {
      return false;
    }
    try {
      byte[] decoded = Base64.getDecoder().decode(authorization.substring(BASIC.length()).strip());
      String[] parts = new String(decoded, StandardCharsets.UTF_8).split(":", 2);
      return parts.length == 2
          && authenticator.check(new Credentials(parts[0], parts[1])) != Access.NONE;
    } catch (IllegalArgumentException e) {
      return false;
    } catch (IOException e) {
      LOG.debug("a password of the HTTP port cannot be checked now: {}", e.getMessage());
      return false;
    }
  }
}
