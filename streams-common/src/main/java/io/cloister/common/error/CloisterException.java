// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.error;

/**
 * The top of every exception that Cloister throws on purpose. Messages never hold a value from an
 * event: they name the thing, the kind of value found, what is allowed, and what to do.
 */
public abstract sealed class CloisterException extends RuntimeException
    permits InputException, EnvironmentException, BugException {
  private static final long serialVersionUID = 1L;

  CloisterException(String message) {
    super(message);
  }

  CloisterException(String message, Throwable cause) {
    super(message, cause);
  }
}
