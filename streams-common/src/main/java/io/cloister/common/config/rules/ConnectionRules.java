// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.config.rules;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Set;

/** How brokers, registry and keys are reached. */
final class ConnectionRules {
  private static final Set<String> OWN =
      Set.of(
          "acks",
          "application.id",
          "default.key.serde",
          "default.value.serde",
          "enable.auto.commit",
          "enable.idempotence",
          "group.id",
          "isolation.level",
          "key.deserializer",
          "key.serializer",
          "num.stream.threads",
          "processing.guarantee",
          "state.dir",
          "transactional.id",
          "value.deserializer",
          "value.serializer");

  private ConnectionRules() {}

  static void check(Draft draft, Report report) {
    for (Object key : draft.kafka().keySet()) {
      if (key instanceof String property && OWN.contains(property)) {
        report.error(
            List.of("kafka", property),
            property,
            "properties that Cloister does not set: its guarantees rest on this one");
      }
    }
    draft
        .registry()
        .filter(registry -> !isAddress(registry.url()))
        .ifPresent(
            registry ->
                report.error(
                    List.of("registry", "url"),
                    "'" + registry.url() + "'",
                    "an address that starts with http:// or https://, without a password in it"));
    draft
        .keys()
        .filter(keys -> !keys.uri().startsWith("file:") || keys.uri().length() < 6)
        .ifPresent(
            keys ->
                report.error(
                    List.of("keys", "uri"), "'" + keys.uri() + "'", "file: and a path behind it"));
    draft
        .runtime()
        .filter(runtime -> runtime.stateDir().isBlank())
        .ifPresent(
            runtime -> report.error(List.of("runtime", "state-dir"), "nothing", "a directory"));
  }

  private static boolean isAddress(String text) {
    try {
      URI uri = new URI(text);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      return http && uri.getHost() != null && uri.getUserInfo() == null;
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
