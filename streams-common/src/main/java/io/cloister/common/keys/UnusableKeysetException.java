// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.keys;

/** A text is no keyset. Its message never shows the text, and it has no cause that might. */
final class UnusableKeysetException extends Exception {
  private static final long serialVersionUID = 1L;

  UnusableKeysetException(String message) {
    super(message);
  }
}
