package io.norn.cli;

import io.norn.examples.bench.Table;
import java.io.PrintWriter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What all benchmarks can be told. */
final class BenchOptions {
  @Mixin ServerOption server;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  void print(Table table, PrintWriter out) {
    out.println(json ? table.json() : table.text().stripTrailing());
  }
}
