package io.norn.net;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * TLS for a port that others connect to. Certificates may be renewed while connections come in:
 * each gets those of its time.
 */
public final class ServerTls {
  private final ClientCertificates clientCertificates;
  private final RenewableContext context;

  /** Whether clients have to show a certificate of an authority that is trusted. */
  public enum ClientCertificates {
    NO,
    OPTIONAL,
    YES
  }

  /**
   * Reads the files.
   *
   * @throws IOException if one of them cannot be used; the message names it
   */
  public ServerTls(TlsSettings settings, ClientCertificates clientCertificates) throws IOException {
    this.clientCertificates = clientCertificates;
    this.context = new RenewableContext(settings.context());
  }

  /**
   * Reads the files again, for connections from now on.
   *
   * @throws IOException if one of them cannot be used; then nothing has changed
   */
  public void renew(TlsSettings settings) throws IOException {
    context.renew(settings.context());
  }

  /** For servers that make their own sockets; it follows each renewal. */
  public SSLContext context() {
    return context;
  }

  /** What is asked of clients. */
  public SSLParameters parameters() {
    SSLParameters parameters = context.getDefaultSSLParameters();
    switch (clientCertificates) {
      case YES -> parameters.setNeedClientAuth(true);
      case OPTIONAL -> parameters.setWantClientAuth(true);
      case NO -> parameters.setNeedClientAuth(false);
    }
    return parameters;
  }

  /**
   * Talks TLS over an accepted connection. Nothing is sent or read before the first use, which
   * fails if the client is not let in.
   */
  public SSLSocket over(Socket accepted) throws IOException {
    SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(accepted, null, true);
    socket.setUseClientMode(false);
    socket.setSSLParameters(parameters());
    return socket;
  }
}
