// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A person in an epoch: the class, once there is one, and the events that wait. */
final class Member {
  private final String person;
  private final List<HeldEvent> held = new ArrayList<>(1);
  private Optional<OpenCell> cell = Optional.empty();

  Member(String person) {
    this.person = person;
  }

  String person() {
    return person;
  }

  Optional<OpenCell> cell() {
    return cell;
  }

  void settle(OpenCell in) {
    cell = Optional.of(in);
  }

  /** In the order of arrival; the caller changes it through the index alone. */
  List<HeldEvent> held() {
    return held;
  }
}
