// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The people of an epoch, by name: a hash table with open addressing and linear probing (Knuth, The
 * Art of Computer Programming 3, section 6.4), since a map's entries would cost more than the
 * people do. Looking somebody up allocates nothing.
 */
final class Members {
  private static final int FEWEST = 16;

  /** Spreads hashes that lie close to one another: the golden ratio's, as in Knuth. */
  private static final int SPREAD = 0x9E3779B9;

  private Member[] table = new Member[FEWEST];
  private int size;

  /** The person, when known. */
  @Nullable Member find(String person) {
    return table[place(person)];
  }

  /** The person, known from now on. */
  Member get(String person) {
    Member known = find(person);
    if (known != null) {
      return known;
    }
    // Between a half and three quarters full: probing stays short.
    if (4 * (size + 1L) > 3L * table.length) {
      grow();
    }
    Member member = new Member(person);
    table[place(person)] = member;
    size++;
    return member;
  }

  /** Forgets a person, and closes the gap, so that whoever was put behind is still found. */
  void remove(Member member) {
    int gap = home(member.hash());
    while (table[gap] != member) {
      gap = after(gap);
    }
    table[gap] = null;
    size--;
    for (int at = after(gap); table[at] != null; at = after(at)) {
      Member next = table[at];
      if (distance(home(next.hash()), at) >= distance(gap, at)) {
        table[gap] = next;
        table[at] = null;
        gap = at;
      }
    }
  }

  void forEach(Consumer<Member> action) {
    for (Member member : table) {
      if (member != null) {
        action.accept(member);
      }
    }
  }

  /** Where the person is, or would be. */
  private int place(String person) {
    int at = home(person.hashCode());
    for (Member there = table[at]; there != null && !there.isNamed(person); there = table[at]) {
      at = after(at);
    }
    return at;
  }

  /** Where probing begins: the hash as a fraction, of the table. */
  private int home(int hash) {
    return (int) ((Integer.toUnsignedLong(hash * SPREAD) * table.length) >>> Integer.SIZE);
  }

  private int after(int at) {
    return at + 1 < table.length ? at + 1 : 0;
  }

  /** How many steps of probing lead from one place to another. */
  private int distance(int from, int to) {
    return to >= from ? to - from : to - from + table.length;
  }

  private void grow() {
    Member[] old = table;
    table = new Member[old.length + old.length / 2];
    for (Member member : old) {
      if (member != null) {
        int at = home(member.hash());
        while (table[at] != null) {
          at = after(at);
        }
        table[at] = member;
      }
    }
  }
}
