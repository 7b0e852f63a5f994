package io.norn.agent.config;

import io.norn.net.ServerTls;
import io.norn.net.ServerTls.ClientCertificates;
import io.norn.net.TlsSettings;
import java.io.IOException;

/**
 * TLS of a port of the agent.
 *
 * @param files own certificate and key, and whom to trust
 * @param clients whether clients have to show a certificate
 */
public record PortTls(TlsSettings files, ClientCertificates clients) {

  /**
   * Reads the files.
   *
   * @throws IOException if one of them cannot be used; the message names it
   */
  public ServerTls open() throws IOException {
    return new ServerTls(files, clients);
  }
}
