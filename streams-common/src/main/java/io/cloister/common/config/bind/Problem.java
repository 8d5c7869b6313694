// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.config.bind;

import java.util.Optional;

/**
 * Something wrong in a config, and how to mend it.
 *
 * @param severity whether the config can be used nevertheless
 * @param line counted from 1; 0 where the file as a whole is meant
 * @param column counted from 1; 0 where the file as a whole is meant
 * @param path keys from the root, such as {@code anonymize.k}; empty for the file as a whole
 * @param found what the config says
 * @param allowed what it may say
 * @param nearest the nearest known name, for a name that is not known
 */
public record Problem(
    Severity severity,
    int line,
    int column,
    String path,
    String found,
    String allowed,
    Optional<String> nearest) {

  /** Whether a config with this problem can be used. */
  public enum Severity {
    /** It cannot. */
    ERROR,
    /** It can, but hardly as it was meant. */
    WARNING
  }

  /**
   * @param file the file's name, as the user gave it
   * @return one line: {@code file:line:column path: found X; allowed Y; did you mean Z?}
   */
  public String describe(String file) {
    StringBuilder text = new StringBuilder(file);
    if (line > 0) {
      text.append(':').append(line).append(':').append(column);
    }
    text.append(path.isEmpty() ? "" : " ").append(path).append(": ");
    text.append(severity == Severity.WARNING ? "warning: " : "");
    text.append("found ").append(found).append("; allowed ").append(allowed);
    nearest.ifPresent(name -> text.append("; did you mean ").append(name).append('?'));
    return text.toString();
  }
}
