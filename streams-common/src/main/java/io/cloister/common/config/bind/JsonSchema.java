// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.config.bind;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloister.common.config.bind.Form.Entry;
import io.cloister.common.config.bind.Form.Section;
import io.cloister.common.config.bind.Form.Variant;
import io.cloister.common.config.bind.Form.Writing;
import io.cloister.common.error.BugException;
import java.util.List;
import java.util.Optional;

/** Writes the model as a JSON Schema, draft 2020-12, for editors. */
public final class JsonSchema {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private JsonSchema() {}

  /**
   * @param title what it is a schema of
   * @param root the form of a whole file
   * @return the schema as text, the same for the same model
   */
  public static String of(String title, Section root) {
    ObjectNode schema = JSON.objectNode();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", title);
    schema.put("description", root.doc());
    schema.setAll(schema(root));
    try {
      DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
      printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
      return new ObjectMapper().writer(printer).writeValueAsString(schema) + "\n";
    } catch (JsonProcessingException e) {
      throw new BugException("a tree can be written", e);
    }
  }

  private static ObjectNode schema(Form form) {
    if (form instanceof Form.Scalar scalar) {
      return scalar(scalar);
    } else if (form instanceof Form.Choice choice) {
      ObjectNode schema = JSON.objectNode();
      ArrayNode names = schema.putArray("enum");
      choice.constants().forEach(constant -> names.add(constant.name()));
      return schema;
    } else if (form instanceof Form.Sequence sequence) {
      ObjectNode list = JSON.objectNode();
      list.put("type", "array");
      list.set("items", schema(sequence.item()));
      return sequence.orOne() ? anyOf(List.of(schema(sequence.item()), list)) : list;
    } else if (form instanceof Form.Mapping mapping) {
      ObjectNode map = JSON.objectNode();
      map.put("type", "object");
      map.set("additionalProperties", schema(mapping.value()));
      return map;
    } else if (form instanceof Section section) {
      return section(section);
    }
    return oneOf((Form.OneOf) form);
  }

  private static ObjectNode scalar(Form.Scalar form) {
    ObjectNode schema = JSON.objectNode();
    switch (form.type().json()) {
      case TEXT -> schema.putArray("type").add("string").add("number").add("boolean");
      case TEXT_ONLY -> schema.put("type", "string");
      case INTEGER -> schema.put("type", "integer");
      case DECIMAL -> schema.putArray("type").add("number").add("string");
    }
    if (form.type().json() != ScalarType.Json.INTEGER) {
      form.type().pattern().ifPresent(pattern -> schema.put("pattern", "^(" + pattern + ")$"));
    }
    form.limits().min().ifPresent(min -> schema.put("minimum", min));
    form.limits().max().ifPresent(max -> schema.put("maximum", max));
    if (form.limits().positive() && form.type().json() == ScalarType.Json.DECIMAL) {
      schema.put("exclusiveMinimum", 0);
    }
    return schema;
  }

  private static ObjectNode section(Section section) {
    if (section.writing() == Writing.INLINE) {
      return schema(section.entries().get(0).form());
    }
    ObjectNode keys = JSON.objectNode();
    keys.put("type", "object");
    ObjectNode properties = keys.putObject("properties");
    section.entries().forEach(entry -> properties.set(entry.key(), entry(entry)));
    List<String> required =
        section.entries().stream().filter(Entry::required).map(Entry::key).toList();
    if (!required.isEmpty()) {
      ArrayNode names = keys.putArray("required");
      required.forEach(names::add);
    }
    keys.put("additionalProperties", false);
    return section.writing() == Writing.SHORT
        ? anyOf(List.of(schema(section.entries().get(0).form()), keys))
        : keys;
  }

  private static ObjectNode entry(Entry entry) {
    ObjectNode schema = JSON.objectNode();
    schema.put("description", entry.doc());
    Optional<String> written = entry.defaultText();
    if (written.filter("[]"::equals).isPresent()) {
      schema.putArray("default");
    } else if (written.filter("{}"::equals).isPresent()) {
      schema.putObject("default");
    } else if (entry.form() instanceof Form.Scalar scalar
        && scalar.type().json() == ScalarType.Json.INTEGER) {
      written.ifPresent(text -> schema.put("default", Integer.parseInt(text)));
    } else {
      written.ifPresent(text -> schema.put("default", text));
    }
    schema.setAll(schema(entry.form()));
    return schema;
  }

  private static ObjectNode oneOf(Form.OneOf form) {
    ArrayNode ways = JSON.arrayNode();
    List<String> alone =
        form.variants().stream().filter(Variant::alone).map(Variant::name).toList();
    if (!alone.isEmpty()) {
      ArrayNode names = ways.addObject().putArray("enum");
      alone.forEach(names::add);
    }
    for (Variant variant : form.variants()) {
      ObjectNode way = ways.addObject();
      way.put("type", "object");
      way.put("description", variant.section().doc());
      way.putObject("properties").set(variant.name(), schema(variant.section()));
      way.putArray("required").add(variant.name());
      way.put("additionalProperties", false);
    }
    ObjectNode schema = JSON.objectNode();
    schema.set("anyOf", ways);
    return schema;
  }

  private static ObjectNode anyOf(List<ObjectNode> ways) {
    ObjectNode schema = JSON.objectNode();
    schema.putArray("anyOf").addAll(ways);
    return schema;
  }
}
