package io.norn.cli;

import io.norn.examples.bench.Table;
import io.norn.examples.mesh.Programs;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What all benchmarks can be told. */
final class BenchOptions {
  @Mixin private ProgramOptions programs;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  Programs programs() throws IOException {
    return programs.programs();
  }

  void print(Table table, PrintWriter out) {
    out.println(json ? table.json() : table.text().stripTrailing());
  }
}
