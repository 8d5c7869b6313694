// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.generator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.random.RandomGenerator;

/** Ways in which real sources break events. */
enum Faults {
  TRUNCATED {
    @Override
    String apply(ObjectNode event) {
      String json = event.toString();
      return json.substring(0, json.length() / 2);
    }
  },
  NO_SUBJECT {
    @Override
    String apply(ObjectNode event) {
      event.withObject("/actor").remove("account");
      return event.toString();
    }
  },
  NO_TIME {
    @Override
    String apply(ObjectNode event) {
      event.remove("timestamp");
      return event.toString();
    }
  },
  TIME_IN_WORDS {
    @Override
    String apply(ObjectNode event) {
      return event.put("timestamp", "yesterday at noon").toString();
    }
  },
  NO_OBJECT {
    @Override
    String apply(ObjectNode event) {
      return "[" + event + "]";
    }
  };

  /** Breaks the event, which is not to be used afterwards. */
  abstract String apply(ObjectNode event);

  static Faults draw(RandomGenerator random) {
    return values()[random.nextInt(values().length)];
  }
}
