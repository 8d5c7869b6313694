// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A person in an epoch: the class, once there is one, and the events that wait. */
final class Member {
  private final String person;
  private final List<HeldEvent> held = new ArrayList<>(0);
  private @Nullable OpenCell cell;

  Member(String person) {
    this.person = person;
  }

  String person() {
    return person;
  }

  Optional<OpenCell> cell() {
    return Optional.ofNullable(cell);
  }

  void settle(OpenCell in) {
    cell = in;
  }

  /** In the order of arrival; the caller changes it through the index alone. */
  List<HeldEvent> held() {
    return held;
  }
}
