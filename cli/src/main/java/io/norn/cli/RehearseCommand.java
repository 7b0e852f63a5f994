package io.norn.cli;

import java.io.PrintWriter;
import java.io.Writer;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * Loads the classes that the short commands need, and does nothing else: the launcher records them
 * in an archive for class data sharing.
 */
@Command(name = "rehearse", hidden = true, description = "Loads classes, for the launcher.")
final class RehearseCommand implements Runnable {
  /** The discard port, where nothing listens: enough to load what connects. */
  private static final int NOBODY = 9;

  @Override
  public void run() {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    CommandLine norn = Main.commandLine().setOut(nowhere).setErr(nowhere);
    norn.execute("--help");
    norn.execute("--version");
    norn.execute("peer", "add");
    norn.execute("status", "-a", "127.0.0.1:" + NOBODY);
    norn.execute("peer", "list", "-a", "127.0.0.1:" + NOBODY);
    StatusJson.parse("{\"node\":{\"id\":\"a\"}}");
  }
}
