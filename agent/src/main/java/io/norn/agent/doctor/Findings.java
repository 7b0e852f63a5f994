package io.norn.agent.doctor;

import io.norn.agent.doctor.Finding.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is found. */
final class Findings {
  private final List<Finding> all = new ArrayList<>();

  void error(String where, String problem, String remedy) {
    all.add(new Finding(Severity.ERROR, where, problem, remedy));
  }

  void warning(String where, String problem, String remedy) {
    all.add(new Finding(Severity.WARNING, where, problem, remedy));
  }

  void note(String where, String problem, String remedy) {
    all.add(new Finding(Severity.NOTE, where, problem, remedy));
  }

  /** The worst first. */
  List<Finding> sorted() {
    return all.stream().sorted(Comparator.comparing(Finding::severity)).toList();
  }
}
