// SPDX-License-Identifier: Apache-2.0
package io.cloister.scrub.treat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.cloister.common.config.Treatment;
import io.cloister.common.hierarchy.Coarsening;
import io.cloister.common.path.FieldPath;
import io.cloister.common.record.CanonicalText;
import io.cloister.common.record.FailureKind;
import io.cloister.common.record.Scalars;
import io.cloister.common.record.UntreatableRecordException;
import io.cloister.scrub.detect.Detector;
import io.cloister.scrub.detect.IpAddress;
import io.cloister.scrub.token.Tokenizer;
import java.util.Optional;

/** Makes the treatments that replace a single value by a text. */
final class ScalarTreatments {
  /** What a redacted value becomes. */
  static final TextNode REDACTED = TextNode.valueOf("REDACTED");

  private ScalarTreatments() {}

  /** Single values and lists of them; an object has fields that the config does not name. */
  static ScalarTreatment keep(FieldPath path) {
    return value -> {
      if (value.isObject() || (value.isArray() && hasContainer(value))) {
        throw new UntreatableRecordException(FailureKind.WRONG_TYPE, path);
      }
      return value;
    };
  }

  private static boolean hasContainer(JsonNode array) {
    for (JsonNode element : array) {
      if (element.isContainerNode()) {
        return true;
      }
    }
    return false;
  }

  static ScalarTreatment mask(FieldPath path, int keepLast) {
    return value -> {
      if (!value.isTextual() && !value.isNumber()) {
        // The length of a masked true or false would tell which it was.
        throw new UntreatableRecordException(FailureKind.WRONG_TYPE, path);
      }
      String text = text(path, value);
      int length = text.codePointCount(0, text.length());
      int kept = Math.min(keepLast, length / 2);
      int from = text.offsetByCodePoints(text.length(), -kept);
      return TextNode.valueOf("*".repeat(length - kept) + text.substring(from));
    };
  }

  static ScalarTreatment tokenize(FieldPath path, String domain, Tokenizer tokenizer) {
    return value -> TextNode.valueOf(tokenizer.token(domain, text(path, value)));
  }

  static ScalarTreatment truncate(FieldPath path, Treatment.Truncate prefixes) {
    return value -> {
      if (!value.isTextual()) {
        throw new UntreatableRecordException(FailureKind.WRONG_TYPE, path);
      }
      IpAddress address =
          IpAddress.parse(value.textValue())
              .orElseThrow(
                  () -> new UntreatableRecordException(FailureKind.UNREADABLE_VALUE, path));
      int bits = address.isV4() ? prefixes.prefix() : prefixes.prefix6();
      return TextNode.valueOf(address.truncate(bits).toString());
    };
  }

  static ScalarTreatment generalize(FieldPath path, Treatment.Coarser to) {
    return value -> {
      if (!value.isTextual() && !value.isNumber()) {
        throw new UntreatableRecordException(FailureKind.WRONG_TYPE, path);
      }
      Optional<String> label;
      if (to instanceof Treatment.Coarser.Dates dates) {
        label = Coarsening.date(value.asText(), dates.step());
      } else if (to instanceof Treatment.Coarser.Interval interval) {
        label = Scalars.number(value).map(n -> Coarsening.interval(n, interval.width()));
      } else {
        throw new IllegalStateException("every kind of coarser value is handled");
      }
      return TextNode.valueOf(
          label.orElseThrow(
              () -> new UntreatableRecordException(FailureKind.UNREADABLE_VALUE, path)));
    };
  }

  static ScalarTreatment detect(FieldPath path, Detector detector, Treatment.Replace replace) {
    return value -> {
      if (!value.isTextual() && !value.isNumber()) {
        throw new UntreatableRecordException(FailureKind.WRONG_TYPE, path);
      }
      return TextNode.valueOf(detector.replace(value.asText(), replace));
    };
  }

  private static String text(FieldPath path, JsonNode value) throws UntreatableRecordException {
    if (!value.isTextual() && !value.isNumber() && !value.isBoolean()) {
      throw new UntreatableRecordException(FailureKind.WRONG_TYPE, path);
    }
    return CanonicalText.of(value)
        .orElseThrow(() -> new UntreatableRecordException(FailureKind.UNREADABLE_VALUE, path));
  }
}
