package io.norn.examples.demo;

import java.io.PrintWriter;

/** The demo. */
public final class Demo {
  private Demo() {}

  /** Runs. */
  public static boolean run(PrintWriter out) {
    out.println("soon");
    return true;
  }
}
