// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.config.bind;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What may be written somewhere in a config: read off the records once by {@link Model}. */
public sealed interface Form {
  /**
   * @return what is allowed, to follow "allowed" in a message
   */
  String allowed();

  /**
   * One value, bound from its text.
   *
   * @param type how the text is read
   * @param limits what it must keep to
   */
  record Scalar(ScalarType type, Limits limits) implements Form {
    @Override
    public String allowed() {
      return type.allowed() + limits.allowed();
    }
  }

  /**
   * Bounds of a number or a duration.
   *
   * @param min the lowest allowed number
   * @param max the highest allowed number
   * @param positive whether it must be above zero
   */
  record Limits(Optional<BigDecimal> min, Optional<BigDecimal> max, boolean positive) {
    static final Limits NONE = new Limits(Optional.empty(), Optional.empty(), false);

    String allowed() {
      if (min.isPresent() && max.isPresent()) {
        return " from " + min.get() + " to " + max.get();
      }
      return min.map(low -> " of at least " + low).orElse(positive ? " above zero" : "");
    }
  }

  /**
   * One of some names.
   *
   * @param constants the names
   */
  record Choice(List<Constant> constants) implements Form {
    @Override
    public String allowed() {
      return Form.names(constants.stream().map(Constant::name).toList());
    }
  }

  /**
   * A name of a {@link Choice}.
   *
   * @param name as it is written
   * @param doc what it means
   * @param value what it binds to
   */
  record Constant(String name, String doc, Object value) {}

  /**
   * A list.
   *
   * @param item what each item is
   * @param orOne whether a list of one may be written as the item alone
   */
  record Sequence(Form item, boolean orOne) implements Form {
    @Override
    public String allowed() {
      return (orOne ? item.allowed() + ", or " : "") + "a list, each " + item.allowed();
    }
  }

  /**
   * A map with keys of the user's choice.
   *
   * @param key what each key is
   * @param value what each value is
   */
  record Mapping(Scalar key, Form value) implements Form {
    @Override
    public String allowed() {
      return "a map, each key " + key.allowed();
    }
  }

  /**
   * A record.
   *
   * @param type the record
   * @param doc what it means
   * @param entries its keys
   * @param writing how it is written
   */
  record Section(Class<?> type, String doc, List<Entry> entries, Writing writing) implements Form {
    @Override
    public String allowed() {
      if (writing == Writing.INLINE) {
        return entries.get(0).form().allowed();
      }
      String keys =
          "the keys " + entries.stream().map(Entry::key).collect(Collectors.joining(", "));
      return writing == Writing.SHORT ? entries.get(0).form().allowed() + ", or " + keys : keys;
    }

    boolean needsNothing() {
      return entries.stream().noneMatch(Entry::required);
    }
  }

  /** How a record is written. */
  enum Writing {
    /** As a map of its keys. */
    KEYS,
    /** As a map of its keys, or as the value of the first alone. */
    SHORT,
    /** As the value of its only key. */
    INLINE
  }

  /**
   * A key of a record.
   *
   * @param key as it is written
   * @param doc what it means
   * @param form what its value may be
   * @param defaultText its value as YAML when it is left out
   * @param optional whether it may be left out without a value taking its place
   */
  record Entry(String key, String doc, Form form, Optional<String> defaultText, boolean optional) {
    /**
     * @return whether the key must be there
     */
    public boolean required() {
      return !optional && defaultText.isEmpty();
    }
  }

  /**
   * One of several records, told apart by name.
   *
   * @param doc what they have in common
   * @param variants the records
   */
  record OneOf(String doc, List<Variant> variants) implements Form {
    @Override
    public String allowed() {
      return Form.names(variants.stream().map(Variant::written).toList());
    }
  }

  /**
   * A variant of a {@link OneOf}.
   *
   * @param name as it is written
   * @param section its content
   */
  record Variant(String name, Section section) {
    /**
     * @return whether the name alone may be written
     */
    public boolean alone() {
      return section.writing() == Writing.KEYS && section.needsNothing();
    }

    private String written() {
      return alone() ? name : "{ " + name + ": ... }";
    }
  }

  private static String names(List<String> names) {
    return names.size() == 1 ? names.get(0) : "one of " + String.join(", ", names);
  }
}
