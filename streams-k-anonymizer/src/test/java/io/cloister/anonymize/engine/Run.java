// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an engine did with a stream.
 *
 * @param calls one for each event, and a last one after the last deadline
 */
record Run(List<Call> calls) {
  /**
   * @param now the time of the call
   * @param decisions what it gave
   */
  record Call(long now, List<Decision> decisions) {}

  private record Key(Class<?> kind, Object of) {}

  /** Keeps what a store would keep. */
  static final class Memory implements Journal {
    private final Map<Key, EngineState> states = new HashMap<>();
    private final EarlierClasses earlier;

    Memory(EarlierClasses earlier) {
      this.earlier = earlier;
    }

    AnonymizationEngine engine(EngineSettings settings) {
      return new AnonymizationEngine(settings, this, earlier, states());
    }

    EarlierClasses earlier() {
      return earlier;
    }

    List<EngineState> states() {
      return new ArrayList<>(states.values());
    }

    @Override
    public void put(EngineState state) {
      states.put(key(state), state);
    }

    @Override
    public void remove(EngineState state) {
      states.remove(key(state));
    }

    private static Key key(EngineState state) {
      Object of;
      Class<?> kind = state.getClass();
      if (state instanceof EngineState.Cell cell) {
        of = List.of(cell.epoch(), cell.labels());
      } else if (state instanceof EngineState.Settled settled) {
        of = List.of(settled.epoch(), settled.person());
      } else if (state instanceof EngineState.Moved moved) {
        // Kept in the place of a class.
        kind = EngineState.Settled.class;
        of = List.of(moved.epoch(), moved.person());
      } else if (state instanceof EngineState.Values values) {
        of = List.of(values.epoch(), values.person());
      } else if (state instanceof EngineState.Held held) {
        of = held.sequence();
      } else {
        of = "closed";
      }
      return new Key(kind, of);
    }
  }

  static Run of(EngineSettings settings, List<Event> events) {
    return of(settings, events, Set.of());
  }

  /** Lets the engine die before the given events and another rise from what is stored. */
  static Run of(EngineSettings settings, List<Event> events, Set<Integer> crashes) {
    return of(settings, EarlierClasses.none(), events, crashes);
  }

  /** The same, with what is remembered of people from one epoch to the next. */
  static Run of(
      EngineSettings settings, EarlierClasses earlier, List<Event> events, Set<Integer> crashes) {
    Memory memory = new Memory(earlier);
    AnonymizationEngine engine = memory.engine(settings);
    List<Call> calls = new ArrayList<>();
    for (int i = 0; i < events.size(); i++) {
      if (crashes.contains(i)) {
        engine = memory.engine(settings);
      }
      calls.add(new Call(events.get(i).arrival(), DecisionLog.accept(engine, events.get(i))));
    }
    calls.add(new Call(Long.MAX_VALUE, DecisionLog.advance(engine, Long.MAX_VALUE)));
    return new Run(calls);
  }

  /** Each decision in words that can be compared, payloads standing for events. */
  List<String> told() {
    List<String> told = new ArrayList<>();
    for (Call call : calls) {
      for (Decision decision : call.decisions()) {
        String cell = decision instanceof Decision.Released out ? out.cell().toString() : "";
        told.add(
            call.now()
                + " "
                + decision.getClass().getSimpleName()
                + " "
                + decision.event().payload().bytes()[0]
                + cell);
      }
    }
    return told;
  }
}
