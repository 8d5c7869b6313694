// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.topology;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many tasks of this process have closed windows that they still have to send or to release,
 * because they had more than they pass on in one call.
 */
final class UnfinishedGauge {
  private final Set<Object> tasks = ConcurrentHashMap.newKeySet();

  UnfinishedGauge(MeterRegistry metrics) {
    Gauge.builder("cloister.windows.unfinished", tasks, Set::size)
        .description("Tasks with closed windows still to be sent or released")
        .register(metrics);
  }

  void tell(Object task, boolean unfinished) {
    if (unfinished) {
      tasks.add(task);
    } else {
      tasks.remove(task);
    }
  }
}
