// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.cli;

import io.cloister.common.error.EnvironmentException;
import io.cloister.common.error.InputException;
import java.nio.file.FileSystemException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;

/** What a command ends with, and the one line that says why. */
public enum ExitCode {
  /** Done. */
  DONE(0),
  /** The input or config is wrong. */
  INPUT(1),
  /** The command line is wrong. */
  USAGE(2),
  /** Broker, registry, keys, disk or network failed. */
  ENVIRONMENT(3),
  /** A defect of Cloister. */
  BUG(70);

  private final int number;

  ExitCode(int number) {
    this.number = number;
  }

  /**
   * @param failure what a command threw
   * @return whose fault it is; whatever is not known to be the user's or the environment's is ours
   */
  public static ExitCode of(Throwable failure) {
    if (failure instanceof InputException || failure instanceof ConfigException) {
      return INPUT;
    }
    if (failure instanceof EnvironmentException
        || failure instanceof KafkaException
        || failure instanceof FileSystemException) {
      return ENVIRONMENT;
    }
    return BUG;
  }

  /**
   * @param failure what a command threw
   * @return one line for the user. Messages that others than Cloister wrote may quote what they
   *     read, so of those only the class is told, save where they speak of settings and files
   *     alone.
   */
  public String line(Throwable failure) {
    if (this == BUG) {
      return "a defect of Cloister, please report it: " + failure.getClass().getName();
    }
    String name = failure.getClass().getSimpleName();
    if (failure instanceof KafkaException && !(failure instanceof ConfigException)) {
      return "Kafka failed: " + name;
    }
    String message = failure.getMessage() == null ? name : failure.getMessage();
    return failure instanceof FileSystemException ? name + ": " + message : message;
  }

  /**
   * @return the process's exit code
   */
  public int number() {
    return number;
  }
}
