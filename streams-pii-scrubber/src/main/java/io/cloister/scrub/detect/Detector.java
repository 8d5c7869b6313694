// SPDX-License-Identifier: Apache-2.0
package io.cloister.scrub.detect;

import com.google.i18n.phonenumbers.PhoneNumberUtil;
import io.cloister.common.config.Treatment;
import io.cloister.common.config.Treatment.Replace;
import io.cloister.common.error.InputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Finds personal data in free text: what has a form of its own (mail addresses, phone numbers, web
 * and IP addresses, cards, social security numbers) and the config's patterns. Takes time linear in
 * the text, whatever the text is. Safe for use by several threads.
 */
public final class Detector {
  /** Short names cannot hold any of what is found by form. */
  private static final int SHORTEST = 4;

  private final List<Scanner> scanners;

  private Detector(List<Scanner> scanners) {
    this.scanners = scanners;
  }

  /**
   * @return a detector of all built-in types
   */
  public static Detector ofAllTypes() {
    return new Detector(List.copyOf(builtIn("US").values()));
  }

  /**
   * @param config which types and patterns
   * @return their detector
   * @throws InputException when a type or region is unknown, or a pattern cannot be used
   */
  public static Detector of(Treatment.Detect config) {
    Map<String, Scanner> all = builtIn(config.region());
    List<Scanner> chosen = new ArrayList<>();
    if (config.types().isEmpty()) {
      chosen.addAll(all.values());
    }
    for (String type : config.types()) {
      Scanner scanner = all.get(type.toUpperCase(Locale.ROOT));
      if (scanner == null) {
        throw new InputException(
            "detect.types: there is no " + type + ", only " + String.join(", ", all.keySet()));
      }
      chosen.add(scanner);
    }
    config
        .patterns()
        .forEach(
            (name, regex) ->
                chosen.add(
                    new PatternScanner(name.toUpperCase(Locale.ROOT).replace('-', '_'), regex)));
    return new Detector(List.copyOf(chosen));
  }

  private static Map<String, Scanner> builtIn(String region) {
    PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
    if (!numbers.getSupportedRegions().contains(region)) {
      throw new InputException(
          "detect.region: must be a country code of two capital letters, such as US or NL");
    }
    Map<String, Scanner> scanners = new LinkedHashMap<>();
    scanners.put("EMAIL", new EmailScanner());
    scanners.put("PHONE", new PhoneScanner(numbers, region));
    scanners.put("URL", new UrlScanner());
    scanners.put("IP", new IpScanner());
    scanners.put("CARD", new CardScanner());
    scanners.put("SSN", new SsnScanner());
    return scanners;
  }

  /**
   * @param text any text
   * @return what was found, in the order of the text, without overlaps
   */
  public List<Finding> find(String text) {
    if (text.length() < SHORTEST && scanners.stream().noneMatch(PatternScanner.class::isInstance)) {
      return List.of();
    }
    Folded folded = Folded.of(text);
    List<Finding> found = new ArrayList<>();
    for (Scanner scanner : scanners) {
      scanner.scan(folded.text(), found::add);
    }
    return Overlaps.resolve(found).stream().map(folded::unfold).toList();
  }

  /**
   * @param text any text
   * @param replace what takes the place of a finding
   * @return the text without what was found
   */
  public String replace(String text, Replace replace) {
    List<Finding> findings = find(text);
    if (findings.isEmpty()) {
      return text;
    }
    StringBuilder clean = new StringBuilder(text.length());
    int at = 0;
    for (Finding finding : findings) {
      clean.append(text, at, finding.start());
      switch (replace) {
        case LABEL -> clean.append('<').append(finding.type()).append('>');
        case MASK -> clean.append("*".repeat(text.codePointCount(finding.start(), finding.end())));
        case REMOVE -> {}
      }
      at = finding.end();
    }
    return clean.append(text, at, text.length()).toString();
  }
}
