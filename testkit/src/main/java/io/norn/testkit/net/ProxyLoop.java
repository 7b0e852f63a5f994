package io.norn.testkit.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/** The only thread of a proxy: accepts, moves bytes, and runs what tests ask for in between. */
final class ProxyLoop implements Runnable {
  private static final int SCRATCH_BYTES = 64 * 1024;

  private final InetSocketAddress target;
  private final Faults faults;
  private final Selector selector;
  private final ServerSocketChannel listener;
  private final Queue<Runnable> requests = new ConcurrentLinkedQueue<>();
  private final Set<Link> links = new HashSet<>();
  private final ByteBuffer scratch = ByteBuffer.allocateDirect(SCRATCH_BYTES);
  private boolean stopped;

  ProxyLoop(InetSocketAddress target, Faults faults) throws IOException {
    this.target = target;
    this.faults = faults;
    this.selector = Selector.open();
    this.listener = ServerSocketChannel.open();
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    listener.configureBlocking(false);
    listener.register(selector, SelectionKey.OP_ACCEPT);
  }

  int port() {
    return listener.socket().getLocalPort();
  }

  /** To be run by the loop; from any thread. */
  void request(Runnable request) {
    requests.add(request);
    selector.wakeup();
  }

  int linkCount() {
    return links.size();
  }

  /** Ends all connections in that way. */
  void endAll(Consumer<Link> way) {
    links.forEach(way);
    links.clear();
  }

  void stop() {
    stopped = true;
  }

  @Override
  public void run() {
    try {
      long next = Pipe.NEVER;
      while (!stopped) {
        select(next);
        runRequests();
        next = flushAll();
      }
    } catch (IOException | ClosedSelectorException e) {
      throw new IllegalStateException("proxy on port " + port() + " failed", e);
    } finally {
      closeAll();
      runRequests();
    }
  }

  private void select(long nextNanos) throws IOException {
    long waitNanos = nextNanos == Pipe.NEVER ? Pipe.NEVER : nextNanos - System.nanoTime();
    if (waitNanos <= 0) {
      selector.selectNow(this::ready);
    } else if (nextNanos == Pipe.NEVER) {
      selector.select(this::ready);
    } else {
      selector.select(this::ready, 1 + waitNanos / 1_000_000);
    }
  }

  private void ready(SelectionKey key) {
    if (key.channel() == listener) {
      accept();
      return;
    }
    Link link = (Link) key.attachment();
    try {
      link.ready(key, scratch);
    } catch (IOException e) {
      link.close();
      links.remove(link);
    }
  }

  private void accept() {
    try {
      SocketChannel client = listener.accept();
      if (client != null && !faults.cut) {
        connect(client);
      } else if (client != null) {
        client.close();
      }
    } catch (IOException e) {
      // The client went away before it was served.
      return;
    }
  }

  private void connect(SocketChannel client) throws IOException {
    try {
      links.add(Link.open(client, target, selector, faults));
    } catch (IOException e) {
      client.close();
    }
  }

  private void runRequests() {
    for (Runnable request = requests.poll(); request != null; request = requests.poll()) {
      request.run();
    }
  }

  private long flushAll() {
    long next = Pipe.NEVER;
    for (Iterator<Link> all = links.iterator(); all.hasNext(); ) {
      Link link = all.next();
      next = Math.min(next, link.flush());
      if (link.isDone()) {
        end(link);
        all.remove();
      }
    }
    return next;
  }

  private static void end(Link link) {
    if (link.isBroken()) {
      link.reset();
    } else {
      link.close();
    }
  }

  private void closeAll() {
    endAll(Link::close);
    try {
      listener.close();
      selector.close();
    } catch (IOException e) {
      // The process ends or the test is over: nothing depends on these any more.
      return;
    }
  }
}
