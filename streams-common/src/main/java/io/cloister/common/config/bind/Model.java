// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.config.bind;

import io.cloister.common.config.bind.Form.Constant;
import io.cloister.common.config.bind.Form.Entry;
import io.cloister.common.config.bind.Form.Limits;
import io.cloister.common.config.bind.Form.Section;
import io.cloister.common.config.bind.Form.Variant;
import io.cloister.common.config.bind.Form.Writing;
import io.cloister.common.error.BugException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads the form of a config off its records and their annotations. */
public final class Model {
  private Model() {}

  /**
   * @param type a record
   * @return its form
   */
  public static Section of(Class<? extends Record> type) {
    return section(type);
  }

  private static Section section(Class<?> type) {
    Writing writing =
        type.isAnnotationPresent(Inline.class)
            ? Writing.INLINE
            : type.isAnnotationPresent(ShortForm.class) ? Writing.SHORT : Writing.KEYS;
    List<Entry> entries = Arrays.stream(type.getRecordComponents()).map(Model::entry).toList();
    if (writing == Writing.INLINE && entries.size() != 1) {
      throw new BugException("@Inline is for records of one component: " + type);
    }
    return new Section(type, doc(type), entries, writing);
  }

  private static Entry entry(RecordComponent component) {
    Type type = component.getGenericType();
    boolean optional = component.getType() == Optional.class;
    Limits limits = limits(component);
    Form form = form(optional ? argument(type, 0) : type, limits);
    if (component.isAnnotationPresent(OrOne.class)) {
      form = new Form.Sequence(((Form.Sequence) form).item(), true);
    }
    Optional<String> byDefault =
        Optional.ofNullable(component.getAnnotation(Default.class)).map(Default::value);
    return new Entry(
        key(component, component.getName()), doc(component), form, byDefault, optional);
  }

  private static Form form(Type type, Limits limits) {
    if (type instanceof ParameterizedType generic) {
      if (generic.getRawType() == List.class) {
        return new Form.Sequence(form(argument(type, 0), limits), false);
      }
      if (generic.getRawType() == Map.class
          && form(argument(type, 0), Limits.NONE) instanceof Form.Scalar key) {
        return new Form.Mapping(key, form(argument(type, 1), limits));
      }
      throw new BugException("no form for " + type);
    }
    Class<?> raw = (Class<?>) type;
    Optional<ScalarType> scalar = ScalarType.of(raw);
    if (scalar.isPresent()) {
      return new Form.Scalar(scalar.get(), limits);
    }
    if (raw.isEnum()) {
      return new Form.Choice(
          Arrays.stream(raw.getEnumConstants()).map(c -> constant(raw, (Enum<?>) c)).toList());
    }
    if (raw.isSealed()) {
      return new Form.OneOf(
          doc(raw),
          Arrays.stream(raw.getPermittedSubclasses())
              .map(c -> new Variant(key(c, c.getSimpleName()), section(c)))
              // The compiler orders variants without a permits clause as it comes upon them.
              .sorted(Comparator.comparing(Variant::name))
              .toList());
    }
    if (raw.isRecord()) {
      return section(raw);
    }
    throw new BugException("no form for " + type);
  }

  private static Limits limits(RecordComponent component) {
    Range range = component.getAnnotation(Range.class);
    boolean positive = component.isAnnotationPresent(Positive.class);
    if (range == null) {
      return positive ? new Limits(Optional.empty(), Optional.empty(), true) : Limits.NONE;
    }
    Optional<BigDecimal> max =
        range.max() == Long.MAX_VALUE
            ? Optional.empty()
            : Optional.of(BigDecimal.valueOf(range.max()));
    return new Limits(Optional.of(BigDecimal.valueOf(range.min())), max, positive);
  }

  private static Constant constant(Class<?> type, Enum<?> value) {
    try {
      return new Constant(
          value.name().toLowerCase(Locale.ROOT).replace('_', '-'),
          doc(type.getField(value.name())),
          value);
    } catch (NoSuchFieldException e) {
      throw new BugException("an enum constant is a field: " + value, e);
    }
  }

  private static String key(AnnotatedElement element, String javaName) {
    Key key = element.getAnnotation(Key.class);
    return key == null ? kebab(javaName) : key.value();
  }

  private static String doc(AnnotatedElement element) {
    Doc doc = element.getAnnotation(Doc.class);
    return doc == null ? "" : doc.value();
  }

  private static Type argument(Type type, int index) {
    return ((ParameterizedType) type).getActualTypeArguments()[index];
  }

  static String kebab(String javaName) {
    return javaName.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
  }
}
