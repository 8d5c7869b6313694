// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.config.bind;

import io.cloister.common.config.bind.Places.Position;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads YAML to a tree of nodes that know their place. Nothing is constructed from tags. */
final class YamlTree {
  private static final int MAX_CHARACTERS = 1_000_000;

  private YamlTree() {}

  static Optional<Node> parse(String text, List<Problem> problems) {
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(0);
    options.setAllowRecursiveKeys(false);
    options.setCodePointLimit(MAX_CHARACTERS);
    Yaml yaml = new Yaml(options);
    try {
      for (Event event : yaml.parse(new StringReader(text))) {
        if (event instanceof AliasEvent) {
          Position at = Position.of(event.getStartMark());
          problems.add(problem(at, "an alias", "the value itself, written out"));
          return Optional.empty();
        }
      }
      Node root = yaml.compose(new StringReader(text));
      if (root == null || isNothing(root)) {
        problems.add(problem(new Position(0, 0), "nothing", "a topology config in YAML"));
        return Optional.empty();
      }
      return Optional.of(root);
    } catch (MarkedYAMLException e) {
      Position at =
          e.getProblemMark() == null ? new Position(0, 0) : Position.of(e.getProblemMark());
      problems.add(problem(at, "no YAML: " + e.getProblem(), "one document of valid YAML"));
    } catch (YAMLException e) {
      String found = "characters or a size that YAML does not allow";
      problems.add(problem(new Position(0, 0), found, "one YAML document in UTF-8"));
    }
    return Optional.empty();
  }

  /** Whether a key has no value: {@code key:} and nothing behind it. */
  static boolean isNothing(Node node) {
    return node instanceof ScalarNode scalar
        && scalar.getTag().equals(Tag.NULL)
        && scalar.getValue().isEmpty();
  }

  private static Problem problem(Position at, String found, String allowed) {
    return new Problem(
        Problem.Severity.ERROR, at.line(), at.column(), "", found, allowed, Optional.empty());
  }
}
