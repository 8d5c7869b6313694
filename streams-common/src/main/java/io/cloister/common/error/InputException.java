// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.error;

/** The user's config, file or arguments are wrong, and the user can mend them. Exit code 1. */
public final class InputException extends CloisterException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what is wrong, what is allowed, what to do; never a value from an event
   */
  public InputException(String message) {
    super(message);
  }
}
