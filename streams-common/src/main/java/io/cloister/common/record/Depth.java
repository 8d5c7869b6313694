// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.record;

/** How deeply records may be nested, in every format: recursion over a tree never overflows. */
final class Depth {
  /** Levels of objects and arrays, the record itself included. */
  static final int MAX = 100;

  private Depth() {}

  static void check(int depth) throws UntreatableRecordException {
    if (depth > MAX) {
      throw new UntreatableRecordException(FailureKind.TOO_DEEP);
    }
  }
}
