// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.record;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;

/**
 * Derives the schema of what a stage writes from the schema of what it reads.
 *
 * <p>Every field of a derived record is a union with null and null by default: treatments may take
 * any value away, and fields may come and go between versions of the source's schema or of the
 * config while each version still reads what the one before has written (backward compatible).
 *
 * <p>Names follow the config's paths, not the source's types: the record at {@code actor.account}
 * of {@code Scrubbed} is {@code io.cloister.derived.Scrubbed.actor.account}. So one source type
 * pruned in two ways has two names, and the names outlive changes of the source. Types that are
 * kept whole are named after their source, {@code io.cloister.derived.whole.<full name>}, which
 * ends recursion in them.
 */
final class SchemaDerivation {
  private static final String NAMESPACE = "io.cloister.derived";
  private static final String WHOLE = NAMESPACE + ".whole.";
  private static final Schema NULL = Schema.create(Schema.Type.NULL);
  private static final Schema OPTIONAL_TEXT =
      Schema.createUnion(NULL, Schema.create(Schema.Type.STRING));

  private final Map<String, Schema> whole = new HashMap<>();
  private final Set<String> names = new HashSet<>();

  private SchemaDerivation() {}

  /**
   * @param input a record schema
   * @param fields what becomes of its fields
   * @return the derived record schema
   * @throws org.apache.avro.AvroRuntimeException when Avro has no such schema
   */
  static Schema derive(Schema input, OutputFields fields) {
    Selection root = Selection.of(fields);
    String name = NAMESPACE + "." + fields.name();
    SchemaDerivation derivation = new SchemaDerivation();
    return derivation
        .record(input, root, name)
        .orElseGet(() -> Schema.createRecord(name, null, null, false, List.of()));
  }

  /** What is left of a type; absent when nothing is. */
  private Optional<Schema> pruned(Schema schema, Selection selection, String path) {
    if (selection.becomesText()) {
      return Optional.of(OPTIONAL_TEXT);
    }
    if (selection.isWhole()) {
      return Optional.of(whole(schema));
    }
    if (selection.isGone()) {
      return Optional.empty();
    }
    return switch (schema.getType()) {
      case RECORD -> record(schema, selection, path);
      case MAP -> map(schema, selection, path);
      case ARRAY ->
          pruned(schema.getElementType(), selection.each(), path).map(Schema::createArray);
      case UNION -> union(schema, selection, path);
      // The config looks for something inside, which a plain value does not have.
      default -> selection.keepsRest() ? Optional.of(bare(schema)) : Optional.empty();
    };
  }

  private Optional<Schema> record(Schema schema, Selection selection, String path) {
    Map<String, Schema> parts = new LinkedHashMap<>();
    for (Schema.Field field : schema.getFields()) {
      Selection part = selection.field(field.name());
      String below = path + "." + field.name();
      // What the source has there may be of another shape than the label that is to be written.
      pruned(field.schema(), part, below)
          .or(() -> missing(part, below))
          .ifPresent(type -> parts.put(field.name(), type));
    }
    // A label or a time is written even where an older schema of the source lacks the field. Where
    // no record can have a field of this name, the source's has none that would become text.
    for (String name : selection.names()) {
      if (schema.getField(name) == null && isName(name)) {
        missing(selection.field(name), path + "." + name).ifPresent(type -> parts.put(name, type));
      }
    }
    return container(parts, path);
  }

  /** A record, or a map where a name is none that a record's field can have. */
  private Optional<Schema> container(Map<String, Schema> parts, String path) {
    if (!parts.keySet().stream().allMatch(SchemaDerivation::isName)) {
      List<Schema> values = new ArrayList<>();
      parts.values().forEach(type -> addBranches(values, type));
      return combined(values).map(Schema::createMap);
    }
    List<Schema.Field> fields = new ArrayList<>();
    parts.forEach((name, type) -> fields.add(optional(name, type)));
    return fields.isEmpty()
        ? Optional.empty()
        : Optional.of(Schema.createRecord(unused(path), null, null, false, fields));
  }

  /** What becomes text below a field that the source's schema does not have. */
  private Optional<Schema> missing(Selection selection, String path) {
    if (selection.becomesText()) {
      return Optional.of(OPTIONAL_TEXT);
    }
    Map<String, Schema> parts = new LinkedHashMap<>();
    for (String name : selection.names()) {
      missing(selection.field(name), path + "." + identifier(name))
          .ifPresent(type -> parts.put(name, type));
    }
    return container(parts, path);
  }

  /** A map has one type for all values, so it takes each that a listed key can have. */
  private Optional<Schema> map(Schema schema, Selection selection, String path) {
    List<Schema> values = new ArrayList<>();
    for (String key : selection.names()) {
      pruned(schema.getValueType(), selection.field(key), path + "." + identifier(key))
          .ifPresent(type -> addBranches(values, type));
    }
    if (selection.keepsRest()) {
      addBranches(values, whole(schema.getValueType()));
    }
    return combined(values).map(Schema::createMap);
  }

  private Optional<Schema> union(Schema schema, Selection selection, String path) {
    List<Schema> branches = new ArrayList<>();
    for (Schema branch : schema.getTypes()) {
      if (branch.getType() != Schema.Type.NULL) {
        pruned(branch, selection, path).ifPresent(type -> addBranches(branches, type));
      }
    }
    boolean optional = schema.getTypes().stream().anyMatch(SchemaDerivation::isNull);
    if (optional && !branches.isEmpty()) {
      addBranches(branches, NULL);
    }
    return combined(branches);
  }

  /** The type as it is, but for its records, whose fields become optional. */
  private Schema whole(Schema schema) {
    return switch (schema.getType()) {
      case RECORD -> wholeRecord(schema);
      case MAP -> Schema.createMap(whole(schema.getValueType()));
      case ARRAY -> Schema.createArray(whole(schema.getElementType()));
      case UNION -> Schema.createUnion(schema.getTypes().stream().map(this::whole).toList());
      default -> bare(schema);
    };
  }

  /** The type without what its author wrote beside it, which may hold examples of real values. */
  private static Schema bare(Schema schema) {
    Schema bare =
        switch (schema.getType()) {
          case ENUM ->
              Schema.createEnum(
                  schema.getName(), null, schema.getNamespace(), schema.getEnumSymbols());
          case FIXED ->
              Schema.createFixed(
                  schema.getName(), null, schema.getNamespace(), schema.getFixedSize());
          default -> Schema.create(schema.getType());
        };
    return schema.getLogicalType() == null ? bare : schema.getLogicalType().addToSchema(bare);
  }

  private Schema wholeRecord(Schema schema) {
    Schema known = whole.get(schema.getFullName());
    if (known != null) {
      return known;
    }
    String source = schema.getFullName();
    String name = unused(source.startsWith(WHOLE) ? source : WHOLE + source);
    Schema record = Schema.createRecord(name, null, null, false);
    whole.put(source, record);
    record.setFields(
        schema.getFields().stream()
            .map(field -> optional(field.name(), whole(field.schema())))
            .toList());
    return record;
  }

  private String unused(String name) {
    String candidate = name;
    for (int i = 2; !names.add(candidate); i++) {
      candidate = name + "_" + i;
    }
    return candidate;
  }

  private static Schema.Field optional(String name, Schema type) {
    List<Schema> branches = new ArrayList<>();
    branches.add(NULL);
    addBranches(branches, type);
    return new Schema.Field(
        name, Schema.createUnion(branches), null, Schema.Field.NULL_DEFAULT_VALUE);
  }

  /** Adds what a union does not have yet: it has one branch of each name, one array and one map. */
  private static void addBranches(List<Schema> branches, Schema type) {
    for (Schema added : type.isUnion() ? type.getTypes() : List.of(type)) {
      int same = 0;
      while (same < branches.size()
          && !branches.get(same).getFullName().equals(added.getFullName())) {
        same++;
      }
      if (same == branches.size()) {
        branches.add(added);
      } else if (!branches.get(same).equals(added)) {
        branches.set(same, merged(branches.get(same), added));
      }
    }
  }

  /** One type for what two types of one name hold, which no union has side by side. */
  private static Schema merged(Schema one, Schema other) {
    return switch (one.getType()) {
      case ARRAY -> Schema.createArray(either(one.getElementType(), other.getElementType()));
      case MAP -> Schema.createMap(either(one.getValueType(), other.getValueType()));
      // A treatment's text beside a text of the source with a logical type.
      case STRING -> Schema.create(Schema.Type.STRING);
      default -> throw new AvroRuntimeException("two types of one name");
    };
  }

  private static Schema either(Schema one, Schema other) {
    List<Schema> branches = new ArrayList<>();
    addBranches(branches, one);
    addBranches(branches, other);
    return combined(branches).orElseThrow();
  }

  /** A union of several types, null first; a type alone as it is. */
  private static Optional<Schema> combined(List<Schema> branches) {
    if (branches.size() < 2) {
      return branches.stream().findFirst();
    }
    List<Schema> ordered = new ArrayList<>(branches);
    ordered.sort(Comparator.comparing(branch -> !isNull(branch)));
    return Optional.of(Schema.createUnion(ordered));
  }

  private static boolean isNull(Schema schema) {
    return schema.getType() == Schema.Type.NULL;
  }

  /** Whether a record can have a field of this name. */
  private static boolean isName(String name) {
    return NameValidator.UTF_VALIDATOR.validate(name).isOK();
  }

  private static String identifier(String key) {
    return key.replaceAll("[^A-Za-z0-9_]", "_").replaceFirst("^(?=[0-9])", "_");
  }
}
