// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.error;

/** Broker, registry, keys, disk or network failed; trying again may help. Exit code 3. */
public final class EnvironmentException extends CloisterException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what failed and what to do; never a value from an event
   */
  public EnvironmentException(String message) {
    super(message);
  }

  /**
   * @param message what failed and what to do; never a value from an event
   * @param cause the failure below; its message must not hold a value from an event either
   */
  public EnvironmentException(String message, Throwable cause) {
    super(message, cause);
  }
}
