// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize;

import com.fasterxml.jackson.databind.node.TextNode;
import io.cloister.anonymize.engine.SensitiveCondition;
import io.cloister.anonymize.engine.ValueDistance;
import io.cloister.common.config.AnonymizeConfig;
import io.cloister.common.record.CanonicalText;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** From what the config says of a sensitive field to what the engine holds to. */
final class SensitiveConditions {
  private SensitiveConditions() {}

  static List<SensitiveCondition> of(AnonymizeConfig.Sensitive declared) {
    List<SensitiveCondition> conditions = new ArrayList<>();
    if (declared.lDiversity() > 1) {
      conditions.add(new SensitiveCondition.DistinctDiversity(declared.lDiversity()));
    }
    declared
        .entropyLDiversity()
        .map(BigDecimal::doubleValue)
        .map(SensitiveCondition.EntropyDiversity::new)
        .ifPresent(conditions::add);
    declared
        .tCloseness()
        .map(close -> new SensitiveCondition.TCloseness(close.t().doubleValue(), distance(close)))
        .ifPresent(conditions::add);
    return List.copyOf(conditions);
  }

  /** As t-closeness asks for it; where nothing does, all values are equally far from each other. */
  static ValueDistance distance(AnonymizeConfig.Sensitive declared) {
    return declared
        .tCloseness()
        .map(SensitiveConditions::distance)
        .orElseGet(ValueDistance.Equal::new);
  }

  private static ValueDistance distance(AnonymizeConfig.TCloseness close) {
    if (close.distance() == AnonymizeConfig.Distance.EQUAL) {
      return new ValueDistance.Equal();
    }
    if (close.order().isEmpty()) {
      return new ValueDistance.Numeric();
    }
    return ValueDistance.Listed.of(
        close.order().stream()
            .map(text -> CanonicalText.byNumber(TextNode.valueOf(text)).orElse(text))
            .toList());
  }
}
