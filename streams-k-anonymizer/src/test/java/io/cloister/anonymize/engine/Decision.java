// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import java.util.List;

/** What becomes of an event. */
sealed interface Decision {
  Event event();

  record Released(Event event, List<String> cell, double loss) implements Decision {}

  record Suppressed(Event event) implements Decision {}

  record Moved(Event event) implements Decision {}

  record Late(Event event) implements Decision {}
}
