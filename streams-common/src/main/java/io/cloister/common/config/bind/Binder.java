// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.config.bind;

import io.cloister.common.config.bind.Form.Entry;
import io.cloister.common.config.bind.Form.Section;
import io.cloister.common.config.bind.Form.Variant;
import io.cloister.common.config.bind.Form.Writing;
import io.cloister.common.config.bind.Places.Position;
import io.cloister.common.error.BugException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Binds a tree of YAML to records. Goes on after a problem, so that all are found: a part that
 * cannot be bound is left out of its map or list, or stands at its default or at a placeholder, and
 * is marked as broken. What is bound is therefore of use only for finding further problems as long
 * as there is any.
 */
public final class Binder {
  private static final int SHOWN = 60;

  private final List<Problem> problems = new ArrayList<>();
  private final Places places = new Places();

  private Binder() {}

  /**
   * What came of binding a record.
   *
   * @param values key to value, for each key of the record that could be bound
   * @param places where everything stands
   * @param problems what is wrong, in no order
   */
  public record Bound(Map<String, Object> values, Places places, List<Problem> problems) {}

  /**
   * @param yaml a document
   * @param type the record that its root is
   * @return the root's values, one by one, so that one that cannot be bound does not hide the rest
   */
  public static Bound bind(String yaml, Class<? extends Record> type) {
    Binder binder = new Binder();
    Map<String, Object> values =
        YamlTree.parse(yaml, binder.problems)
            .map(root -> binder.values(Model.of(type), root, Places.ROOT))
            .orElse(Map.of());
    return new Bound(values, binder.places, binder.problems);
  }

  /**
   * @param type a record
   * @param values a value for each of its keys
   * @return the record
   */
  public static <T extends Record> T construct(Class<T> type, Map<String, Object> values) {
    Object[] arguments =
        Model.of(type).entries().stream().map(entry -> values.get(entry.key())).toArray();
    return type.cast(construct(type, arguments));
  }

  private Optional<Object> bind(Form form, Node node, List<String> path) {
    if (!node.getTag().getValue().startsWith(Tag.PREFIX)) {
      return refuse(node, path, "the tag " + show(node.getTag().getValue()), "no tags");
    }
    if (form instanceof Form.Scalar scalar) {
      return scalar(scalar, node, path);
    } else if (form instanceof Form.Choice choice) {
      return choice(choice, node, path);
    } else if (form instanceof Form.Sequence sequence) {
      return sequence(sequence, node, path);
    } else if (form instanceof Form.Mapping mapping) {
      return mapping(mapping, node, path);
    } else if (form instanceof Section section) {
      return section(section, node, path);
    }
    return oneOf((Form.OneOf) form, node, path);
  }

  private Optional<Object> scalar(Form.Scalar form, Node node, List<String> path) {
    if (!(node instanceof ScalarNode scalar) || YamlTree.isNothing(node)) {
      return refuse(node, path, kind(node), form.allowed());
    }
    String text = scalar.getValue();
    try {
      Object value = form.type().parser().apply(text);
      if (within(form.limits(), value)) {
        return Optional.of(value);
      }
      return refuse(node, path, show(text), form.allowed());
    } catch (IllegalArgumentException e) {
      String allowed = String.valueOf(e.getMessage());
      return refuse(
          node, path, show(text), allowed.equals(form.type().allowed()) ? form.allowed() : allowed);
    }
  }

  private static boolean within(Form.Limits limits, Object value) {
    if (value instanceof Duration duration) {
      return !limits.positive() || duration.compareTo(Duration.ZERO) > 0;
    }
    if (value instanceof Number number) {
      BigDecimal exact =
          number instanceof BigDecimal decimal ? decimal : BigDecimal.valueOf(number.longValue());
      return (!limits.positive() || exact.signum() > 0)
          && limits.min().map(min -> exact.compareTo(min) >= 0).orElse(true)
          && limits.max().map(max -> exact.compareTo(max) <= 0).orElse(true);
    }
    return true;
  }

  private Optional<Object> choice(Form.Choice form, Node node, List<String> path) {
    if (!(node instanceof ScalarNode scalar) || YamlTree.isNothing(node)) {
      return refuse(node, path, kind(node), form.allowed());
    }
    for (Form.Constant constant : form.constants()) {
      if (constant.name().equals(scalar.getValue())) {
        return Optional.of(constant.value());
      }
    }
    List<String> names = form.constants().stream().map(Form.Constant::name).toList();
    return unknown(node, path, scalar.getValue(), form.allowed(), names);
  }

  private Optional<Object> sequence(Form.Sequence form, Node node, List<String> path) {
    if (form.orOne() && node instanceof ScalarNode) {
      return bind(form.item(), node, path).map(List::of);
    }
    if (!(node instanceof SequenceNode list)) {
      return refuse(node, path, kind(node), form.allowed());
    }
    List<Object> items = new ArrayList<>();
    for (int i = 0; i < list.getValue().size(); i++) {
      Node item = list.getValue().get(i);
      List<String> at = Places.below(path, "[" + i + "]");
      places.add(at, Position.of(item.getStartMark()));
      bind(form.item(), item, at).ifPresent(items::add);
    }
    return Optional.of(Collections.unmodifiableList(items));
  }

  private Optional<Object> mapping(Form.Mapping form, Node node, List<String> path) {
    Optional<Map<String, NodeTuple>> tuples = tuples(node, path, form.allowed());
    if (tuples.isEmpty()) {
      return Optional.empty();
    }
    Map<Object, Object> map = new LinkedHashMap<>();
    tuples
        .get()
        .forEach(
            (key, tuple) -> {
              List<String> at = Places.below(path, key);
              Optional<Object> boundKey = scalar(form.key(), tuple.getKeyNode(), at);
              Optional<Object> value = bind(form.value(), tuple.getValueNode(), at);
              if (boundKey.isPresent() && value.isPresent()) {
                Object before = map.put(boundKey.get(), value.get());
                if (before != null) {
                  refuse(tuple.getKeyNode(), at, show(key) + " again", "each key once");
                }
              }
            });
    return Optional.of(Collections.unmodifiableMap(map));
  }

  private Optional<Object> section(Section form, Node node, List<String> path) {
    Form first = form.entries().isEmpty() ? form : form.entries().get(0).form();
    if (form.writing() == Writing.INLINE) {
      return bind(first, node, path).flatMap(value -> record(form, node, path, value));
    }
    if (form.writing() == Writing.SHORT && node instanceof ScalarNode) {
      Optional<Object> value = bind(first, node, path);
      return value.flatMap(
          bound -> {
            Map<String, Object> values = new LinkedHashMap<>();
            form.entries().stream()
                .skip(1)
                .forEach(entry -> values.put(entry.key(), absent(entry)));
            values.put(form.entries().get(0).key(), bound);
            return record(form, node, path, arguments(form, values));
          });
    }
    if (!(node instanceof MappingNode)) {
      return refuse(node, path, kind(node), form.allowed());
    }
    Map<String, Object> values = values(form, node, path);
    return values.size() == form.entries().size()
        ? record(form, node, path, arguments(form, values))
        : Optional.empty();
  }

  /** The values of a section's keys; a key without one could not be bound. */
  private Map<String, Object> values(Section form, Node node, List<String> path) {
    Map<String, NodeTuple> tuples = tuples(node, path, form.allowed()).orElse(null);
    if (tuples == null) {
      return Map.of();
    }
    Map<String, Object> values = new LinkedHashMap<>();
    for (Entry entry : form.entries()) {
      List<String> at = Places.below(path, entry.key());
      NodeTuple tuple = tuples.remove(entry.key());
      Optional<Object> value;
      if (tuple != null) {
        value = bind(entry.form(), tuple.getValueNode(), at);
        value = entry.optional() ? value.map(Optional::of) : value;
      } else if (entry.required()) {
        Position position = places.of(path);
        add(position, at, "nothing", entry.form().allowed(), Optional.empty());
        value = Optional.empty();
      } else {
        value = Optional.of(absent(entry));
      }
      value.or(() -> placeholder(entry)).ifPresent(bound -> values.put(entry.key(), bound));
    }
    List<String> known = form.entries().stream().map(Entry::key).toList();
    tuples.forEach(
        (key, tuple) ->
            unknown(tuple.getKeyNode(), Places.below(path, key), key, form.allowed(), known));
    return values;
  }

  private static Object absent(Entry entry) {
    return entry.defaultText().map(text -> byDefault(entry.form(), text)).orElse(Optional.empty());
  }

  private static Object byDefault(Form form, String text) {
    Binder binder = new Binder();
    Optional<Object> value =
        YamlTree.parse(text, binder.problems).flatMap(node -> binder.bind(form, node, Places.ROOT));
    if (value.isEmpty() || !binder.problems.isEmpty()) {
      throw new BugException("not allowed as a default: " + text);
    }
    return value.get();
  }

  /** Something that stands for a value with a problem, so that the rest can be looked at. */
  private static Optional<Object> placeholder(Entry entry) {
    if (entry.optional() || entry.defaultText().isPresent()) {
      return Optional.of(absent(entry));
    }
    if (entry.form() instanceof Form.Scalar scalar) {
      return Stream.of("1", "P1D", "2", "day")
          .flatMap(text -> parsed(scalar, text).stream())
          .findFirst();
    }
    return Optional.empty();
  }

  private static Optional<Object> parsed(Form.Scalar form, String text) {
    try {
      Object value = form.type().parser().apply(text);
      return within(form.limits(), value) ? Optional.of(value) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Optional<Object> oneOf(Form.OneOf form, Node node, List<String> path) {
    if (node instanceof ScalarNode scalar && !YamlTree.isNothing(node)) {
      Optional<Variant> variant = variant(form, node, path, scalar.getValue());
      if (variant.isPresent() && !variant.get().alone()) {
        String allowed = variant.get().name() + " with " + variant.get().section().allowed();
        return refuse(node, path, show(scalar.getValue()) + " alone", allowed);
      }
      return variant.flatMap(chosen -> section(chosen.section(), emptyMap(scalar), path));
    }
    if (!(node instanceof MappingNode map) || map.getValue().size() != 1) {
      return refuse(node, path, kind(node), form.allowed());
    }
    Map<String, NodeTuple> tuples = tuples(node, path, form.allowed()).orElse(Map.of());
    for (Map.Entry<String, NodeTuple> entry : tuples.entrySet()) {
      Node key = entry.getValue().getKeyNode();
      Node value = entry.getValue().getValueNode();
      return variant(form, key, path, entry.getKey())
          .flatMap(chosen -> bind(chosen.section(), value, Places.below(path, chosen.name())));
    }
    return Optional.empty();
  }

  private Optional<Variant> variant(Form.OneOf form, Node node, List<String> path, String name) {
    for (Variant variant : form.variants()) {
      if (variant.name().equals(name)) {
        return Optional.of(variant);
      }
    }
    List<String> names = form.variants().stream().map(Variant::name).toList();
    unknown(node, path, name, form.allowed(), names);
    return Optional.empty();
  }

  private static MappingNode emptyMap(ScalarNode at) {
    return new MappingNode(
        Tag.MAP,
        false,
        List.of(),
        at.getStartMark(),
        at.getEndMark(),
        org.yaml.snakeyaml.DumperOptions.FlowStyle.FLOW);
  }

  /** A map's keys as text; keys that are no text, or come again, are problems. */
  private Optional<Map<String, NodeTuple>> tuples(Node node, List<String> path, String allowed) {
    if (!(node instanceof MappingNode map)) {
      refuse(node, path, kind(node), allowed);
      return Optional.empty();
    }
    Map<String, NodeTuple> tuples = new LinkedHashMap<>();
    for (NodeTuple tuple : map.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        refuse(tuple.getKeyNode(), path, kind(tuple.getKeyNode()) + " as a key", "a name");
        continue;
      }
      List<String> at = Places.below(path, key.getValue());
      Node value = tuple.getValueNode();
      if (tuples.putIfAbsent(key.getValue(), tuple) != null) {
        refuse(key, at, show(key.getValue()) + " again", "each key once");
      } else {
        places.add(at, Position.of((value instanceof ScalarNode ? value : key).getStartMark()));
      }
    }
    return Optional.of(tuples);
  }

  private static Object[] arguments(Section form, Map<String, Object> values) {
    return form.entries().stream().map(entry -> values.get(entry.key())).toArray();
  }

  private Optional<Object> record(Section form, Node node, List<String> path, Object... arguments) {
    try {
      return Optional.of(construct(form.type(), arguments));
    } catch (IllegalArgumentException e) {
      return refuse(node, path, kind(node), String.valueOf(e.getMessage()));
    }
  }

  private static Object construct(Class<?> type, Object... arguments) {
    Class<?>[] parameters =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      return type.getConstructor(parameters).newInstance(arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refused) {
        throw refused;
      }
      throw new BugException(
          "a config record may throw IllegalArgumentException alone: " + type, e);
    } catch (ReflectiveOperationException e) {
      throw new BugException("a config record must be public: " + type, e);
    }
  }

  private Optional<Object> unknown(
      Node node, List<String> path, String name, String allowed, Collection<String> known) {
    places.broke(path);
    add(Position.of(node.getStartMark()), path, show(name), allowed, Nearest.to(name, known));
    return Optional.empty();
  }

  private Optional<Object> refuse(Node node, List<String> path, String found, String allowed) {
    add(Position.of(node.getStartMark()), path, found, allowed, Optional.empty());
    return Optional.empty();
  }

  private void add(
      Position at, List<String> path, String found, String allowed, Optional<String> nearest) {
    places.broke(path);
    problems.add(
        new Problem(
            Problem.Severity.ERROR,
            at.line(),
            at.column(),
            Places.show(path),
            found,
            allowed,
            nearest));
  }

  private static String kind(Node node) {
    if (node instanceof ScalarNode scalar) {
      return YamlTree.isNothing(node) ? "nothing" : show(scalar.getValue());
    }
    if (node instanceof MappingNode map) {
      return map.getValue().size() == 1 ? "a map" : "a map of " + map.getValue().size() + " keys";
    }
    return "a list";
  }

  private static String show(String text) {
    String line = text.replaceAll("\\p{Cntrl}+", " ");
    return "'" + (line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "...") + "'";
  }
}
