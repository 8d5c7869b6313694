// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.config.rules;

import io.cloister.common.config.bind.Places;
import io.cloister.common.config.bind.Problem;
import io.cloister.common.config.bind.Problem.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Collects problems with their place, but none about what could not be bound in the first place.
 */
final class Report {
  private final Places places;
  private final List<Problem> problems = new ArrayList<>();

  Report(Places places) {
    this.places = places;
  }

  void error(List<String> path, String found, String allowed) {
    add(Severity.ERROR, path, found, allowed, Optional.empty());
  }

  void error(List<String> path, String found, String allowed, Optional<String> nearest) {
    add(Severity.ERROR, path, found, allowed, nearest);
  }

  void warn(List<String> path, String found, String allowed) {
    add(Severity.WARNING, path, found, allowed, Optional.empty());
  }

  boolean has(List<String> path) {
    return places.has(path);
  }

  boolean sound(List<String> path) {
    return places.sound(path);
  }

  /** Whether the file has anything under a key, bound or not. */
  boolean hasBelow(List<String> path) {
    return places.hasBelow(path);
  }

  /** Whether anything under a key could not be bound. */
  boolean brokenBelow(List<String> path) {
    return places.brokenBelow(path);
  }

  List<Problem> problems() {
    return problems;
  }

  private void add(
      Severity severity,
      List<String> path,
      String found,
      String allowed,
      Optional<String> nearest) {
    if (places.sound(path)) {
      Places.Position at = places.of(path);
      problems.add(
          new Problem(
              severity, at.line(), at.column(), Places.show(path), found, allowed, nearest));
    }
  }
}
