package io.norn.cli;

/** What the exit codes of {@code norn} mean; scripts rely on them. */
final class ExitCode {
  static final int FINE = 0;

  /** Something differs, or was refused. */
  static final int FAILED = 1;

  static final int USAGE = 2;

  /** Nobody answers at the address. */
  static final int UNREACHABLE = 3;

  /** The configuration or the data directory cannot be used. */
  static final int CONFIGURATION = 4;

  private ExitCode() {}
}
