package io.norn.testkit.net;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** One connection through the proxy: a client, the target, and a pipe each way. */
final class Link {
  private final SocketChannel client;
  private final SocketChannel target;
  private final SelectionKey clientKey;
  private final SelectionKey targetKey;
  private final Pipe toTarget;
  private final Pipe toClient;

  private Link(SocketChannel client, SocketChannel target, Selector selector, Faults faults)
      throws IOException {
    this.client = client;
    this.target = target;
    this.toTarget = new Pipe(client, target, Direction.TO_TARGET, faults);
    this.toClient = new Pipe(target, client, Direction.TO_CLIENT, faults);
    this.clientKey = client.register(selector, 0, this);
    this.targetKey = target.register(selector, SelectionKey.OP_CONNECT, this);
  }

  /** Starts to connect to the target for a client that was just accepted. */
  static Link open(SocketChannel client, SocketAddress address, Selector selector, Faults faults)
      throws IOException {
    SocketChannel target = SocketChannel.open();
    try {
      prepare(client);
      prepare(target);
      Link link = new Link(client, target, selector, faults);
      if (target.connect(address)) {
        link.updateInterest();
      }
      return link;
    } catch (IOException e) {
      target.close();
      throw e;
    }
  }

  private static void prepare(SocketChannel channel) throws IOException {
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
  }

  /** Handles a socket that is ready. */
  void ready(SelectionKey key, ByteBuffer scratch) throws IOException {
    try {
      if (key.isConnectable()) {
        target.finishConnect();
      } else if (key.isReadable()) {
        (key == clientKey ? toTarget : toClient).read(scratch);
      }
    } catch (CancelledKeyException e) {
      throw new IOException("closed meanwhile", e);
    }
  }

  /**
   * Passes on what may pass now.
   *
   * @return when to call again, as {@link Pipe#flush}
   */
  long flush() {
    if (!target.isConnected()) {
      return Pipe.NEVER;
    }
    long next = Math.min(toTarget.flush(), toClient.flush());
    if (!isDone()) {
      updateInterest();
    }
    return next;
  }

  /** Whether there is nothing left to pass on. */
  boolean isDone() {
    return (toTarget.isFinished() && toClient.isFinished()) || isBroken();
  }

  /** Whether one side has to learn, as it would without a proxy, that the other does not listen. */
  boolean isBroken() {
    return toTarget.isBroken()
        || toClient.isBroken()
        || (toTarget.isTargetGone() && toClient.isFinished())
        || (toClient.isTargetGone() && toTarget.isFinished());
  }

  void close() {
    closeQuietly(client);
    closeQuietly(target);
  }

  /** Closes both sides with RST. */
  void reset() {
    lingerNot(client);
    lingerNot(target);
    close();
  }

  private void updateInterest() {
    clientKey.interestOps(interest(toTarget, toClient));
    targetKey.interestOps(interest(toClient, toTarget));
  }

  private static int interest(Pipe from, Pipe to) {
    return (from.wantsToRead() ? SelectionKey.OP_READ : 0)
        | (to.wantsToWrite() ? SelectionKey.OP_WRITE : 0);
  }

  private static void lingerNot(SocketChannel channel) {
    try {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    } catch (IOException e) {
      closeQuietly(channel);
    }
  }

  private static void closeQuietly(SocketChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // It is gone, which is what was wanted.
      return;
    }
  }
}
