// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.config;

import io.cloister.common.config.bind.Binder;
import io.cloister.common.config.bind.Problem;
import io.cloister.common.config.rules.Draft;
import io.cloister.common.config.rules.Rules;
import io.cloister.common.error.InputException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Reads a topology config and validates it as a whole. */
public final class ConfigReader {
  private static final Comparator<Problem> IN_FILE_ORDER =
      Comparator.comparingInt(Problem::line)
          .thenComparingInt(Problem::column)
          .thenComparing(Problem::path);

  private ConfigReader() {}

  /**
   * @param file a YAML file; files that it names are relative to its directory
   * @param purpose what it is read for
   * @return the config or every problem with it
   * @throws InputException when the file cannot be read
   */
  public static Reading read(Path file, Purpose purpose) {
    try {
      Path directory = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
      return read(file.toString(), Files.readString(file), directory, purpose);
    } catch (CharacterCodingException e) {
      throw new InputException(file + " is no text in UTF-8: save it as such");
    } catch (IOException e) {
      throw new InputException("cannot read " + file + ": name a YAML file that exists");
    }
  }

  /**
   * Reads a config that is no file: files that it names are looked for in the working directory.
   *
   * @param name what problems call it
   * @param yaml the text
   * @param purpose what it is read for
   * @return the config or every problem with it
   */
  public static Reading read(String name, String yaml, Purpose purpose) {
    return read(name, yaml, Path.of("").toAbsolutePath(), purpose);
  }

  private static Reading read(String name, String yaml, Path directory, Purpose purpose) {
    Binder.Bound bound = Binder.bind(yaml, TopologyConfig.class);
    List<Problem> problems = new ArrayList<>(bound.problems());
    if (!bound.values().isEmpty()) {
      Draft draft = new Draft(bound.values(), directory, purpose);
      problems.addAll(Rules.check(draft, bound.places()));
    }
    problems.sort(IN_FILE_ORDER);
    boolean usable =
        problems.stream().noneMatch(problem -> problem.severity() == Problem.Severity.ERROR);
    return new Reading(
        name,
        usable
            ? Optional.of(Binder.construct(TopologyConfig.class, bound.values()))
            : Optional.empty(),
        problems);
  }
}
