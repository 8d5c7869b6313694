// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.config;

import io.cloister.common.config.bind.Form.Section;
import io.cloister.common.config.bind.JsonSchema;
import io.cloister.common.config.bind.Model;
import io.cloister.common.config.bind.Reference;
import java.util.Map;

/** The pages that are generated from the config model. */
public final class ConfigDocs {
  private static final String INTRODUCTION =
      """
      # Config reference

      <!-- Generated from the config model by `./cloister docs`: change the model, not this page. -->

      One YAML file declares a pipeline. `./cloister check FILE` tells every problem with it at once,
      `./cloister explain FILE` says in plain words what it does, and
      [topology-config.schema.json](topology-config.schema.json) lets an editor complete and check it.
      [examples/topology.yaml](examples/topology.yaml) is a whole example.

      How values are written:

      - *text* is what is written: `no` and `0123` stay text, quoted or not.
      - *number* is an exact decimal, such as `0.03` or `1e-8`.
      - *duration* is ISO 8601 in days, hours, minutes and seconds: `P1D`, `PT15M`, `PT0.5S`.
      - *field path* is names joined by dots, `[*]` for every element of an array, `['a.b']` for a name \
      that is not plain, such as \
      `actor.account.name`, `grouping[*].id`, `result.extensions['http://example.org/x']`.
      - *date step* is `day`, `month`, `year`, or a number of years such as `5y`.
      - Files are relative to the config. Aliases and anchors of YAML are not allowed.

      Which sections are required depends on the command: `run` needs `source` and the stages that it
      runs, `anonymize` and `aggregate` over a file need `source` and their own section alone.

      """;

  private ConfigDocs() {}

  /**
   * @return file name to content, for the directory {@code docs}
   */
  public static Map<String, String> pages() {
    Section model = Model.of(TopologyConfig.class);
    return Map.of(
        "config.md",
        Reference.of(INTRODUCTION, model).strip() + "\n",
        "topology-config.schema.json",
        JsonSchema.of("Cloister topology config", model));
  }
}
