// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.config;

import io.cloister.common.config.bind.Problem;
import io.cloister.common.error.InputException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What came of reading a config.
 *
 * @param file its name, as the user gave it
 * @param config the config, absent when any problem is an error
 * @param problems every problem, in the order of the file
 */
public record Reading(String file, Optional<TopologyConfig> config, List<Problem> problems) {
  /** Takes a copy. */
  public Reading {
    problems = List.copyOf(problems);
  }

  /**
   * @return the config
   * @throws InputException that tells every problem, a line each, when there is none
   */
  public TopologyConfig orThrow() {
    return config.orElseThrow(() -> new InputException(describe()));
  }

  /**
   * @return every problem, a line each
   */
  public String describe() {
    return problems.stream()
        .map(problem -> problem.describe(file))
        .collect(Collectors.joining("\n"));
  }
}
