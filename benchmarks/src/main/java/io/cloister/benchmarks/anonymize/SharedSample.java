// SPDX-License-Identifier: Apache-2.0
package io.cloister.benchmarks.anonymize;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The data sets that the project is measured on; it does not ship them. */
enum SharedSample {
  /** A census: every row is a person. */
  adult(
      "adult/adult.csv",
      "adult",
      "adult_hierarchy_",
      "sex,age,race,marital-status,education,native-country,workclass,occupation",
      Optional.empty()),
  /** Submissions of students of four courses. */
  oulad(
      "oulad/stream_submissions_AAA-DDD.csv",
      "oulad/hierarchies",
      "",
      Constants.STUDENT,
      Optional.of("id_student")),
  /** Clicks of students of one course. */
  vle(
      "oulad/stream_vle_AAA2013J_sample.csv",
      "oulad/hierarchies",
      "",
      Constants.STUDENT,
      Optional.of("id_student"));

  private static final class Constants {
    static final String STUDENT =
        "gender,region,highest_education,imd_band,age_band,disability,num_of_prev_attempts,"
            + "studied_credits";
  }

  private final String input;
  private final String hierarchies;
  private final String prefix;
  private final String columns;
  private final Optional<String> person;

  SharedSample(
      String input, String hierarchies, String prefix, String columns, Optional<String> person) {
    this.input = input;
    this.hierarchies = hierarchies;
    this.prefix = prefix;
    this.columns = columns;
    this.person = person;
  }

  /**
   * @return the events; none where the data are missing
   */
  Optional<Sample> read() {
    return data()
        .filter(data -> Files.exists(data.resolve(input)))
        .map(
            data ->
                Samples.read(
                    data.resolve(input),
                    ';',
                    data.resolve(hierarchies),
                    prefix,
                    List.of(columns.split(",", -1)),
                    person));
  }

  private static Optional<Path> data() {
    String named = System.getenv("CLOISTER_SHARED");
    if (named != null) {
      return Optional.of(Path.of(named, "data"));
    }
    Path at = Path.of(System.getProperty("user.dir")).toAbsolutePath();
    while (at != null) {
      Path data = at.resolve("shared/data");
      if (Files.isDirectory(data)) {
        return Optional.of(data);
      }
      at = at.getParent();
    }
    return Optional.empty();
  }
}
