// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.config.bind;

import io.cloister.common.config.bind.Form.Choice;
import io.cloister.common.config.bind.Form.Entry;
import io.cloister.common.config.bind.Form.Mapping;
import io.cloister.common.config.bind.Form.OneOf;
import io.cloister.common.config.bind.Form.Scalar;
import io.cloister.common.config.bind.Form.Section;
import io.cloister.common.config.bind.Form.Sequence;
import io.cloister.common.config.bind.Form.Variant;
import io.cloister.common.config.bind.Form.Writing;
import java.util.stream.Collectors;

/** Writes the model as a page of Markdown: a table a section. */
public final class Reference {
  private final StringBuilder page = new StringBuilder();

  private Reference() {}

  /**
   * @param introduction what comes before the first table
   * @param root the form of a whole file
   * @return the page, the same for the same model
   */
  public static String of(String introduction, Section root) {
    Reference reference = new Reference();
    reference.page.append(introduction);
    reference.section("", root);
    return reference.page.toString();
  }

  private void section(String path, Section section) {
    heading(path, section.doc());
    if (section.writing() == Writing.SHORT) {
      String first = section.entries().get(0).key();
      line("May be written as `" + first + "` alone when the other keys are left out.\n");
    }
    if (!section.entries().isEmpty()) {
      keys(section);
    }
    section.entries().forEach(entry -> below(join(path, entry.key()), entry.form()));
  }

  private void keys(Section section) {
    line("| key | value | default | meaning |");
    line("|---|---|---|---|");
    for (Entry entry : section.entries()) {
      line(
          "| `"
              + entry.key()
              + "` | "
              + value(entry.form())
              + " | "
              + byDefault(entry)
              + " | "
              + cell(entry.doc())
              + " |");
    }
    line("");
    for (Entry entry : section.entries()) {
      if (entry.form() instanceof Choice choice) {
        String values =
            choice.constants().stream()
                .map(constant -> "- `" + constant.name() + "`: " + cell(constant.doc()))
                .collect(Collectors.joining("\n"));
        line("`" + entry.key() + "` is one of\n\n" + values + "\n");
      }
    }
  }

  /** Sections for what a value is made of, if it is made of anything. */
  private void below(String path, Form form) {
    if (form instanceof Section section) {
      if (section.writing() == Writing.INLINE) {
        below(path, section.entries().get(0).form());
      } else {
        section(path, section);
      }
    } else if (form instanceof Sequence sequence) {
      below(path + "[]", sequence.item());
    } else if (form instanceof Mapping mapping) {
      below(join(path, "<" + placeholder(mapping.key()) + ">"), mapping.value());
    } else if (form instanceof OneOf oneOf) {
      oneOf(path, oneOf);
    }
  }

  private void oneOf(String path, OneOf oneOf) {
    heading(path, oneOf.doc());
    line("| written as | value | meaning |");
    line("|---|---|---|");
    for (Variant variant : oneOf.variants()) {
      Section section = variant.section();
      boolean bare = section.entries().isEmpty();
      String alone = variant.alone() ? "`" + variant.name() + "`" + (bare ? "" : " or ") : "";
      String keys = section.writing() == Writing.INLINE ? "..." : "{ ... }";
      String map = bare ? "" : "`" + variant.name() + ": " + keys + "`";
      String value = bare ? "" : value(section);
      line("| " + alone + map + " | " + value + " | " + cell(section.doc()) + " |");
    }
    line("");
    for (Variant variant : oneOf.variants()) {
      Section section = variant.section();
      if (section.writing() == Writing.KEYS && !section.entries().isEmpty()) {
        section(join(path, variant.name()), section);
      } else {
        section.entries().forEach(entry -> below(join(path, variant.name()), entry.form()));
      }
    }
  }

  private static String value(Form form) {
    if (form instanceof Scalar scalar) {
      return scalar.type().name() + scalar.limits().allowed();
    } else if (form instanceof Choice choice) {
      return choice.constants().stream()
          .map(constant -> "`" + constant.name() + "`")
          .collect(Collectors.joining(", "));
    } else if (form instanceof Sequence sequence) {
      return (sequence.orOne() ? value(sequence.item()) + ", or " : "")
          + "list of "
          + value(sequence.item());
    } else if (form instanceof Mapping mapping) {
      return "map of " + mapping.key().type().name() + " to " + value(mapping.value());
    } else if (form instanceof Section section) {
      return section.writing() == Writing.INLINE
          ? value(section.entries().get(0).form())
          : (section.writing() == Writing.SHORT
                  ? value(section.entries().get(0).form()) + ", or "
                  : "")
              + "section";
    }
    return ((OneOf) form)
        .variants().stream()
            .map(variant -> "`" + variant.name() + "`")
            .collect(Collectors.joining(", "));
  }

  private static String placeholder(Scalar key) {
    return key.type().name().equals("text") ? "name" : key.type().name();
  }

  private static String byDefault(Entry entry) {
    return entry.required()
        ? "**required**"
        : entry.defaultText().map(text -> "`" + text + "`").orElse("none");
  }

  private void heading(String path, String doc) {
    line((path.isEmpty() ? "## The whole file" : "## `" + path + "`") + "\n\n" + doc + "\n");
  }

  private static String join(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*");
  }

  private void line(String text) {
    page.append(text).append('\n');
  }
}
