// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloister.common.path.FieldPath.Step;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldPathTest {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  @Property(tries = 500)
  void whatIsWrittenIsReadBack(@ForAll("paths") FieldPath path) {
    assertThat(FieldPath.parse(path.toString())).isEqualTo(path);
  }

  @Property(tries = 500)
  void aPathCoversItselfAndWhatIsBelowAndNothingElse(
      @ForAll("paths") FieldPath path, @ForAll("paths") FieldPath other) {
    List<Step> longer = new ArrayList<>(path.steps());
    longer.addAll(other.steps());
    FieldPath below = new FieldPath(longer);

    assertThat(path.covers(path)).isTrue();
    assertThat(path.covers(below)).isTrue();
    assertThat(below.covers(path)).isFalse();
    assertThat(path.covers(other) && other.covers(path)).isEqualTo(path.equals(other));
  }

  @Property(tries = 500)
  void whatIsPutIsFound(@ForAll("plainPaths") FieldPath path) {
    ObjectNode root = JSON.objectNode();

    path.put(root, JSON.textNode("x"));

    assertThat(path.find(root)).contains(JSON.textNode("x"));
    assertThat(path.findAll(root)).containsExactly(JSON.textNode("x"));
  }

  @Provide
  Arbitrary<FieldPath> paths() {
    Arbitrary<Step> each = Arbitraries.just(new Step.Each());
    return paths(Arbitraries.frequencyOf(Tuple.of(4, names()), Tuple.of(1, each)));
  }

  @Provide
  Arbitrary<FieldPath> plainPaths() {
    return paths(names());
  }

  private static Arbitrary<FieldPath> paths(Arbitrary<Step> further) {
    return Combinators.combine(names(), further.list().ofMaxSize(4))
        .as(
            (first, rest) -> {
              List<Step> steps = new ArrayList<>(List.of(first));
              steps.addAll(rest);
              return new FieldPath(steps);
            });
  }

  private static Arbitrary<Step> names() {
    Arbitrary<String> plain = Arbitraries.strings().alpha().numeric().ofMinLength(1).ofMaxLength(6);
    Arbitrary<String> odd =
        Arbitraries.strings().withChars("a.'\\[]*/: \"@$_-0é漢\n").ofMinLength(1).ofMaxLength(6);
    return Arbitraries.oneOf(plain, odd).map(Step.Field::new);
  }

  @Test
  void aQuotedNameMayHoldDotsQuotesAndBackslashes() {
    assertThat(FieldPath.parse("result.extensions['http://example.org/x.y']").steps())
        .containsExactly(
            new Step.Field("result"),
            new Step.Field("extensions"),
            new Step.Field("http://example.org/x.y"));
    assertThat(FieldPath.parse("['it\\'s'].b").toString()).isEqualTo("['it\\'s'].b");
  }

  @Test
  void aWildcardLeadsToEveryElementInOrder() throws JsonProcessingException {
    JsonNode root =
        new ObjectMapper()
            .readTree("{'a':[{'b':1},{'c':2},{'b':null},{'b':3}]}".replace('\'', '"'));

    assertThat(FieldPath.parse("a[*].b").findAll(root))
        .extracting(JsonNode::asInt)
        .containsExactly(1, 3);
    assertThat(FieldPath.parse("a[*]").findAll(root)).hasSize(4);
    assertThat(FieldPath.parse("a.b").findAll(root)).isEmpty();
    assertThatThrownBy(() -> FieldPath.parse("a[*].b").find(root))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void nothingIsFoundUnderNullsScalarsAndMissingObjects() throws JsonProcessingException {
    JsonNode root = new ObjectMapper().readTree("{\"a\":{\"n\":null,\"s\":\"x\"}}");

    for (String path : List.of("a.n", "a.n.x", "a.s.x", "a.m", "m", "m.x")) {
      assertThat(FieldPath.parse(path).find(root)).as(path).isEmpty();
      assertThat(FieldPath.parse(path).findAll(root)).as(path).isEmpty();
    }
  }

  @Test
  void puttingGoesThroughObjectsAndNullsButNotThroughOtherValues() throws JsonProcessingException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode root = (ObjectNode) mapper.readTree("{\"a\":{\"k\":1,\"n\":null},\"s\":\"x\"}");

    FieldPath.parse("a.b.c").put(root, JSON.numberNode(2));
    FieldPath.parse("a.n.c").put(root, JSON.numberNode(3));

    assertThat(root)
        .isEqualTo(
            mapper.readTree("{\"a\":{\"k\":1,\"n\":{\"c\":3},\"b\":{\"c\":2}},\"s\":\"x\"}"));
    assertThatThrownBy(() -> FieldPath.parse("s.t").put(root, JSON.numberNode(4)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageNotContaining("x\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", ".", "a.", ".a", "a..b", "[*]", "[*].a", "a[0]", "a['']", "a['b", "a b", "1a", "a.[*]",
        "a[*]b", "a.['b']", "*"
      })
  void whatIsNoPathIsRefusedWithWhatIsAllowed(String text) {
    assertThatThrownBy(() -> FieldPath.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .containsAnyOf("names joined by dots", "starts with a name");
  }
}
