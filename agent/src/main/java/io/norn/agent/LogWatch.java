package io.norn.agent;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.LoggerFactory;

/** Counts what is logged as a warning or an error, and keeps the last such line. */
final class LogWatch {
  private static final String OURS = "io.norn";
  private static final AtomicBoolean INSTALLED = new AtomicBoolean();
  private static final LongAdder WARNINGS = new LongAdder();
  private static final LongAdder ERRORS = new LongAdder();
  private static volatile Line last = new Line("", 0);

  /** One line of the log. */
  private record Line(String text, long atMillis) {}

  private LogWatch() {}

  /** Listens from now on; does nothing where another program has chosen another way to log. */
  static void install() {
    if (LoggerFactory.getLogger(OURS) instanceof Logger logger
        && INSTALLED.compareAndSet(false, true)) {
      Counter counter = new Counter();
      counter.setContext(logger.getLoggerContext());
      counter.start();
      logger.addAppender(counter);
    }
  }

  /** Changes from which severity on lines are logged. */
  static void level(String level) {
    if (LoggerFactory.getLogger(OURS) instanceof Logger logger) {
      logger.setLevel(Level.toLevel(level));
    }
  }

  static Map<String, String> fields() {
    Line line = last;
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("errors", ERRORS.toString());
    fields.put("warnings", WARNINGS.toString());
    fields.put("last_problem", line.text());
    fields.put(
        "last_problem_at_millis", line.atMillis() == 0 ? "-1" : Long.toString(line.atMillis()));
    return fields;
  }

  private static final class Counter extends AppenderBase<ILoggingEvent> {
    @Override
    protected void append(ILoggingEvent event) {
      if (event.getLevel().isGreaterOrEqual(Level.WARN)) {
        (event.getLevel().isGreaterOrEqual(Level.ERROR) ? ERRORS : WARNINGS).increment();
        last = new Line(event.getFormattedMessage(), event.getTimeStamp());
      }
    }
  }
}
