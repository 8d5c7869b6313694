// SPDX-License-Identifier: Apache-2.0
package io.cloister.anonymize.topology;

import io.cloister.anonymize.engine.EngineState;
import io.cloister.anonymize.engine.Event;
import io.cloister.anonymize.engine.Payload;
import io.cloister.anonymize.engine.Standing;
import io.cloister.common.error.BugException;
import java.util.ArrayList;
import java.util.List;

/**
 * The form in which the state of engines is kept. Keys: the region, then what the state is of;
 * values: a version, then the rest.
 */
final class StateCodec {
  private static final int VERSION = 1;
  private static final int CLOSED = 0;
  private static final int CELL = 1;
  private static final int VALUES = 2;

  private StateCodec() {}

  static byte[] key(String region, EngineState state) {
    BytesWriter key = new BytesWriter().text(region);
    if (state instanceof EngineState.Cell cell) {
      key.octet(CELL).ordered(cell.epoch()).texts(cell.labels());
    } else if (state instanceof EngineState.Values values) {
      key.octet(VALUES).ordered(values.epoch()).text(values.person());
    } else if (state instanceof EngineState.Settled settled) {
      key.ordered(settled.epoch()).text(settled.person());
    } else if (state instanceof EngineState.Moved moved) {
      key.ordered(moved.epoch()).text(moved.person());
    } else if (state instanceof EngineState.Held held) {
      key.ordered(held.sequence());
    } else {
      key.octet(CLOSED);
    }
    return key.toByteArray();
  }

  static String region(byte[] key) {
    return new BytesReader(key).text();
  }

  static byte[] value(EngineState state) {
    BytesWriter value = new BytesWriter().octet(VERSION);
    if (state instanceof EngineState.Cell cell) {
      value.number(cell.lineages().size());
      cell.lineages().forEach(value::texts);
    } else if (state instanceof EngineState.Values values) {
      write(value, values.seen());
      value.number(values.released().size());
      for (EngineState.Values.InCell in : values.released()) {
        write(value.texts(in.cell()), in.standing());
      }
    } else if (state instanceof EngineState.Settled settled) {
      value.texts(settled.cell());
    } else if (state instanceof EngineState.Moved) {
      value.texts(List.of());
    } else if (state instanceof EngineState.Closed closed) {
      value.ordered(closed.oldestOpen());
    } else if (state instanceof EngineState.Held held) {
      Event event = held.event();
      value.text(event.person()).ordered(event.epoch()).ordered(event.oldestOpen());
      value.number(event.chains().size());
      event.chains().forEach(value::texts);
      value.texts(event.sensitive()).bytes(event.payload().bytes());
      value.ordered(event.arrival()).ordered(event.deadline());
    }
    return value.toByteArray();
  }

  /** Reads an entry of the store of cells. */
  static EngineState cell(byte[] key, byte[] value) {
    BytesReader of = new BytesReader(key);
    of.text();
    BytesReader in = BytesReader.of(value, VERSION);
    return switch (of.octet()) {
      case CLOSED -> new EngineState.Closed(in.ordered());
      case CELL -> new EngineState.Cell(of.ordered(), lists(in));
      case VALUES ->
          new EngineState.Values(of.ordered(), of.text(), standing(in), released(in, in.number()));
      default ->
          throw new BugException("stored state is of a kind that this program does not know");
    };
  }

  private static void write(BytesWriter value, Standing standing) {
    value.texts(standing.first()).texts(standing.latest());
  }

  private static Standing standing(BytesReader in) {
    return new Standing(in.texts(), in.texts());
  }

  private static List<EngineState.Values.InCell> released(BytesReader in, int cells) {
    List<EngineState.Values.InCell> released = new ArrayList<>();
    for (int i = 0; i < cells; i++) {
      released.add(new EngineState.Values.InCell(in.texts(), standing(in)));
    }
    return List.copyOf(released);
  }

  /** Reads an entry of the store of people: who has moved has no labels. */
  static EngineState person(byte[] key, byte[] value) {
    BytesReader of = new BytesReader(key);
    of.text();
    long epoch = of.ordered();
    String person = of.text();
    List<String> cell = BytesReader.of(value, VERSION).texts();
    return cell.isEmpty()
        ? new EngineState.Moved(epoch, person)
        : new EngineState.Settled(epoch, person, cell);
  }

  /** The key of a person's last class. */
  static byte[] earlierKey(String region, String person) {
    return new BytesWriter().text(region).text(person).toByteArray();
  }

  /** The form in which a person's last class is kept. */
  static byte[] earlier(List<List<String>> lineages) {
    BytesWriter value = new BytesWriter().octet(VERSION).number(lineages.size());
    lineages.forEach(value::texts);
    return value.toByteArray();
  }

  /** Reads a person's last class. */
  static List<List<String>> earlier(byte[] value) {
    return lists(BytesReader.of(value, VERSION));
  }

  /** Reads an entry of the store of events that wait. */
  static EngineState held(byte[] key, byte[] value) {
    BytesReader of = new BytesReader(key);
    of.text();
    BytesReader in = BytesReader.of(value, VERSION);
    Event event =
        new Event(
            in.text(),
            in.ordered(),
            in.ordered(),
            lists(in),
            in.texts(),
            new Payload(in.bytes()),
            in.ordered(),
            in.ordered());
    return new EngineState.Held(of.ordered(), event);
  }

  private static List<List<String>> lists(BytesReader in) {
    int count = in.number();
    List<List<String>> lists = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lists.add(in.texts());
    }
    return List.copyOf(lists);
  }
}
