// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.explain;

import io.cloister.common.config.HierarchyConfig;
import io.cloister.common.error.InputException;
import io.cloister.common.hierarchy.Hierarchies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** An invented value on its way up a hierarchy. */
final class Chains {
  private static final String DIGITS = "1234567890";

  private final Path directory;

  Chains(Path directory) {
    this.directory = directory;
  }

  /** Such as {@code 2004-09-17 becomes 2004, then 2000-2004, then *}. */
  String example(HierarchyConfig config) {
    String value = value(config);
    List<String> chain = Hierarchies.of(config, directory).chain(value);
    return value + " is released as " + String.join(", else ", chain);
  }

  private String value(HierarchyConfig config) {
    if (config instanceof HierarchyConfig.Dates) {
      return "2004-09-17";
    } else if (config instanceof HierarchyConfig.Prefix prefix) {
      int longest = prefix.lengths().get(0);
      return DIGITS.repeat(longest / DIGITS.length() + 1).substring(0, longest);
    } else if (config instanceof HierarchyConfig.Intervals) {
      return "47";
    } else if (config instanceof HierarchyConfig.File file) {
      return firstLeaf(directory.resolve(file.path()));
    }
    return "value";
  }

  private static String firstLeaf(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      String first = lines.filter(line -> !line.isBlank()).findFirst().orElse("*");
      String line = first.startsWith("\uFEFF") ? first.substring(1) : first;
      return line.substring(0, Math.max(line.indexOf(';'), 1));
    } catch (IOException e) {
      throw new InputException("cannot read the hierarchy file " + file.getFileName());
    }
  }
}
