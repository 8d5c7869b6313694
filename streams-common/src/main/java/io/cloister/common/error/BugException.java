// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.error;

/** Something that cannot happen did: a defect of Cloister, to be reported. The stage stops. */
public final class BugException extends CloisterException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what was assumed and does not hold; never a value from an event
   */
  public BugException(String message) {
    super(message);
  }

  /**
   * @param message what was assumed and does not hold; never a value from an event
   * @param cause the failure below
   */
  public BugException(String message, Throwable cause) {
    super(message, cause);
  }
}
