package io.norn.testkit;

import io.norn.testkit.server.ServerBinary;
import io.norn.testkit.server.ServerProcess;
import java.util.concurrent.CountDownLatch;

/** What the tests of child JVMs start. */
final class Child {
  private Child() {}

  public static void main(String[] args) throws Exception {
    switch (args[0]) {
      case "print" -> System.out.println("property " + System.getProperty("p") + " " + args[1]);
      case "exit" -> System.exit(Integer.parseInt(args[1]));
      case "hook" -> waitWithHook();
      case "server" -> startServer();
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  private static void waitWithHook() throws InterruptedException {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook ran")));
    System.out.println("waiting");
    new CountDownLatch(1).await();
  }

  private static void startServer() throws Exception {
    ServerProcess server = ServerProcess.start(ServerBinary.embedded());
    System.out.println("server " + server.pid() + " " + server.directory());
    new CountDownLatch(1).await();
  }
}
