package io.norn.agent.config;

/** From which severity on lines are logged. */
public enum LogLevel {
  DEBUG,
  INFO,
  WARN,
  ERROR
}
