// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.config;

import io.cloister.common.config.bind.Default;
import io.cloister.common.config.bind.Doc;
import io.cloister.common.config.bind.Inline;
import io.cloister.common.config.bind.Positive;
import io.cloister.common.config.bind.Range;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** What the scrubber does to one field. */
@Doc("What the scrubber does to one field.")
public sealed interface Treatment {
  /** The field is not passed on. */
  @Doc("The field is not passed on.")
  record Drop() implements Treatment {}

  /** The field is passed on as it is. */
  @Doc("The field is passed on as it is.")
  record Keep() implements Treatment {}

  /** The value is replaced by a fixed text that tells nothing but that there was one. */
  @Doc("The value is replaced by the text REDACTED.")
  record Redact() implements Treatment {}

  /** Every character but the last few becomes an asterisk. */
  @Doc("Every character is replaced by an asterisk, but for the last few.")
  record Mask(
      @Doc("How many characters at the end stay readable, at most half of the text.")
          @Default("0")
          @Range(min = 0)
          int keepLast)
      implements Treatment {}

  /** The value becomes a keyed pseudonym. */
  @Doc("The value is replaced by a keyed token: equal values in one domain get equal tokens.")
  record Tokenize(@Doc("Tokens of different domains cannot be compared.") String domain)
      implements Treatment {}

  /** An IP address keeps its network prefix alone. */
  @Doc("An IP address keeps its network prefix; the rest becomes zero.")
  record Truncate(
      @Doc("Bits kept of an IPv4 address, 0 to 32.") @Range(min = 0, max = 32) int prefix,
      @Doc("Bits kept of an IPv6 address, 0 to 128.") @Default("48") @Range(min = 0, max = 128)
          int prefix6)
      implements Treatment {}

  /** The value is made coarser. */
  @Doc("The value is made coarser.")
  @Inline
  record Generalize(@Doc("How.") Coarser to) implements Treatment {}

  /** Personal data inside free text is found and replaced. */
  @Doc("Personal data inside free text is found and replaced.")
  record Detect(
      @Doc("What takes the place of a finding.") @Default("label") Replace replace,
      @Doc("Only these built-in types of EMAIL, PHONE, URL, IP, CARD, SSN; all when left out.")
          @Default("[]")
          List<String> types,
      @Doc("Further types: name to regular expression of RE2, such as student-number: 'S[0-9]{7}'.")
          @Default("{}")
          Map<String, String> patterns,
      @Doc("Country whose national phone numbers are known, such as US or NL.") @Default("US")
          String region)
      implements Treatment {}

  /** How a value is made coarser. */
  @Doc("How a value is made coarser.")
  sealed interface Coarser {
    /** A date keeps its day, month, year or run of years. */
    @Doc("A date becomes the step that holds it: day, month, year, or a run of years such as 5y.")
    @Inline
    record Dates(@Doc("The step.") DateStep step) implements Coarser {}

    /** A number becomes the interval that holds it. */
    @Doc("A number becomes the interval of this width that holds it.")
    @Inline
    record Interval(@Doc("The width, above zero.") @Positive BigDecimal width) implements Coarser {}
  }

  /** What takes the place of a finding. */
  enum Replace {
    /** Its type in angle brackets. */
    @Doc("The type in angle brackets, such as <EMAIL>.")
    LABEL,
    /** As many asterisks. */
    @Doc("As many asterisks as the finding has characters.")
    MASK,
    /** Nothing. */
    @Doc("Nothing: the finding is cut out.")
    REMOVE
  }
}
