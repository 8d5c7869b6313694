// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class MembersTest {
  /** One name in four has the hash of others, and some have characters of every length. */
  @Provide
  Arbitrary<String> names() {
    return Arbitraries.oneOf(
        Arbitraries.strings().withChars("ab").ofMaxLength(5),
        Arbitraries.of("Aa", "BB").list().ofSize(4).map(parts -> String.join("", parts)),
        Arbitraries.integers().between(0, 400).map(i -> "t1.k1." + i),
        Arbitraries.strings().withChars('e', 'é', 'ÿ', '€', '\uD83D', '\uDE00').ofMaxLength(3));
  }

  @Property
  void findsWhomAMapFinds(@ForAll @Size(max = 400) List<@From("names") String> names) {
    Members members = new Members();
    Map<String, Member> map = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      Member known = map.get(name);
      assertThat(members.find(name)).isSameAs(known);
      if (known != null && i % 2 == 0) {
        members.remove(known);
        map.remove(name);
        assertThat(members.find(name)).isNull();
      } else {
        map.put(name, members.get(name));
      }
    }
    map.forEach((name, member) -> assertThat(members.find(name)).isSameAs(member));
    List<Member> all = new ArrayList<>();
    members.forEach(all::add);
    assertThat(all).containsExactlyInAnyOrderElementsOf(map.values());
    map.forEach((name, member) -> assertThat(member.person()).isEqualTo(name));
  }

  @Property
  void aTextComesBackAsItWas(@ForAll("names") String text, @ForAll("names") String other) {
    byte[] bytes = CompactText.of(text);
    assertThat(CompactText.text(bytes)).isEqualTo(text);
    assertThat(CompactText.hash(bytes)).isEqualTo(text.hashCode());
    assertThat(CompactText.isSame(bytes, other)).isEqualTo(text.equals(other));
  }

  @Example
  void aPseudonymTakesAsManyBytesAsItHasCharacters() {
    assertThat(CompactText.of("t1.k3.P2ndSr3ludVtLJH0fkVJrA")).hasSize(28);
  }
}
