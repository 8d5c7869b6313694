// SPDX-License-Identifier: Apache-2.0
package io.cloister.scrub.detect;

import java.util.function.Consumer;

/** Finds one kind of personal data, in time linear in the text. Safe for use by several threads. */
interface Scanner {
  /**
   * @param text folded text
   * @param found takes what is found, in any order, overlaps allowed
   */
  void scan(String text, Consumer<Finding> found);
}
