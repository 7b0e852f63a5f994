package io.norn.net;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** Opens TCP and TLS sockets to servers. */
public final class Sockets {
  private Sockets() {}

  /**
   * Connects without delay for small packets, with TLS and verification of the server's name when
   * the endpoint asks for it.
   *
   * @param timeoutMillis limit for connecting and, until changed, for each read
   * @throws IOException with one line that names the endpoint and what went wrong
   */
  public static Socket open(Endpoint endpoint, int timeoutMillis) throws IOException {
    Address address = endpoint.address();
    InetSocketAddress target = new InetSocketAddress(address.host(), address.port());
    if (target.isUnresolved()) {
      throw new UnknownHostException(endpoint + ": unknown host");
    }
    Socket socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.setKeepAlive(true);
      socket.connect(target, timeoutMillis);
      socket.setSoTimeout(timeoutMillis);
      return endpoint.tls().isPresent() ? secure(endpoint, socket) : socket;
    } catch (IOException e) {
      socket.close();
      throw describe(endpoint, e);
    }
  }

  private static Socket secure(Endpoint endpoint, Socket plain) throws IOException {
    Address address = endpoint.address();
    SSLSocket socket =
        (SSLSocket)
            endpoint
                .tls()
                .orElseThrow()
                .socketFactory()
                .createSocket(plain, address.host(), address.port(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  private static IOException describe(Endpoint endpoint, IOException e) {
    if (e instanceof ConnectException) {
      return new ConnectException(endpoint + ": connection refused");
    }
    if (e instanceof SocketTimeoutException) {
      return new SocketTimeoutException(endpoint + ": no answer in time");
    }
    String kind = e instanceof SSLException ? ": TLS failed: " : ": ";
    return new IOException(endpoint + kind + e.getMessage(), e);
  }
}
