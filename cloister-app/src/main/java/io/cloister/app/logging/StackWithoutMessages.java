// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.logging;

import ch.qos.logback.classic.pattern.ThrowableHandlingConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;

/**
 * Prints a logged exception as classes and lines of code, never with a message: parsers, and Kafka
 * Streams when it wraps what a processor threw, quote what they were given.
 */
public final class StackWithoutMessages extends ThrowableHandlingConverter {
  private static final int FRAMES = 12;
  private static final int CAUSES = 6;

  @Override
  public String convert(ILoggingEvent event) {
    StringBuilder text = new StringBuilder();
    IThrowableProxy link = event.getThrowableProxy();
    for (int depth = 0; link != null && depth < CAUSES; depth++, link = link.getCause()) {
      text.append(depth == 0 ? "  " : "  caused by ").append(link.getClassName()).append('\n');
      StackTraceElementProxy[] frames = link.getStackTraceElementProxyArray();
      for (int i = 0; i < Math.min(frames.length, FRAMES); i++) {
        text.append("    ").append(frames[i].getSTEAsString()).append('\n');
      }
    }
    return text.toString();
  }
}
