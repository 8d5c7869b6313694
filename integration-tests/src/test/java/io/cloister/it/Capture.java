// SPDX-License-Identifier: Apache-2.0
package io.cloister.it;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.CoreConstants;
import ch.qos.logback.core.OutputStreamAppender;
import io.cloister.app.logging.StackWithoutMessages;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** Everything that this process says while open: standard output and error, and the logs, aloud. */
final class Capture implements AutoCloseable {
  private static final Map<String, Level> LOUD =
      Map.of(
          Logger.ROOT_LOGGER_NAME,
          Level.INFO,
          "io.cloister",
          Level.DEBUG,
          "kafka",
          Level.INFO,
          "org.apache.kafka",
          Level.INFO);

  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final Map<String, Level> levels = new LinkedHashMap<>();
  private final OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
  private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();

  Capture() {
    PrintStream tape = new PrintStream(said, true, StandardCharsets.UTF_8);
    System.setOut(tape);
    System.setErr(tape);
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    context.putObject(
        CoreConstants.PATTERN_RULE_REGISTRY, Map.of("stack", StackWithoutMessages.class.getName()));
    // The pattern of the application's own logs, and the thread.
    encoder.setPattern("%d %thread %level %logger %msg %kvp%n%stack");
    encoder.start();
    appender.setContext(context);
    appender.setEncoder(encoder);
    appender.setOutputStream(said);
    appender.start();
    LOUD.forEach(
        (name, level) -> {
          levels.put(name, context.getLogger(name).getLevel());
          context.getLogger(name).setLevel(level);
        });
    context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
  }

  String said() {
    return said.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    context.getLogger(Logger.ROOT_LOGGER_NAME).detachAppender(appender);
    levels.forEach((name, level) -> context.getLogger(name).setLevel(level));
    System.setOut(out);
    System.setErr(err);
  }
}
