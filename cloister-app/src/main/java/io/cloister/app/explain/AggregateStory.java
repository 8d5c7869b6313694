// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.explain;

import io.cloister.common.config.AggregateConfig;
import io.cloister.common.config.MeasureConfig;
import io.cloister.common.config.QueryConfig;
import io.cloister.common.kafka.TopicNames;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** What each consumer gets and what it costs. */
final class AggregateStory {
  private final AggregateConfig config;
  private final TopicNames names;
  private final Duration period;

  AggregateStory(AggregateConfig config, TopicNames names) {
    this.config = config;
    this.names = names;
    this.period = config.budget().period();
  }

  void queries(Page page) {
    page.title("QUERIES");
    config.queries().forEach((name, query) -> query(name, query, page));
  }

  private void query(String name, QueryConfig query, Page page) {
    page.say(2, name);
    List<String> keys =
        query.groupBy().stream()
            .map(key -> key.field() + key.level().map(level -> " at level " + level).orElse(""))
            .toList();
    int groups = Math.max(1, query.groups().declared().size());
    page.say(
        4,
        measured(query.measure())
            + " in each window of "
            + Words.duration(query.window().tumbling())
            + (keys.isEmpty()
                ? ", over everybody."
                : ", for each of "
                    + Words.count(groups, "declared group")
                    + " by "
                    + Words.list(keys)
                    + ", empty ones too."));
    page.say(
        4,
        "A person counts in at most "
            + Words.count(query.bounds().groupsPerPerson(), "group")
            + (query.measure() instanceof MeasureConfig.CountPeople
                ? ""
                : " with at most "
                    + Words.count(query.bounds().contributionsPerGroup(), "event")
                    + " each")
            + "; what is beyond is left out, so figures can be too low.");
    String clock =
        query.window().clock() == QueryConfig.Clock.WALL
            ? "by the clock, "
            : "when newer events come, so that one event can close everybody's window, ";
    page.say(
        4,
        "A window closes "
            + clock
            + Words.duration(query.window().grace())
            + " after its end; later events do not count.");
  }

  private static String measured(MeasureConfig measure) {
    if (measure instanceof MeasureConfig.Sum sum) {
      return "The sum of "
          + sum.field()
          + ", each value moved into "
          + Words.number(sum.clamp().get(0))
          + " to "
          + Words.number(sum.clamp().get(1))
          + ","
          + (sum.scale() == 0 ? " whole numbers," : " " + sum.scale() + " decimal places,");
    }
    return measure instanceof MeasureConfig.Count ? "How many events" : "How many distinct people";
  }

  void consumers(Page page) {
    page.title("WHAT EACH CONSUMER GETS");
    config.consumers().forEach((name, quota) -> consumer(name, quota, page));
  }

  private void consumer(String name, AggregateConfig.Quota quota, Page page) {
    page.say(2, name + ", in the topic " + names.aggregates(name));
    BigDecimal total = BigDecimal.ZERO;
    for (Map.Entry<String, QueryConfig> entry : config.queries().entrySet()) {
      QueryConfig.Share share = entry.getValue().consumers().get(name);
      if (share != null) {
        QueryCost cost = QueryCost.of(entry.getValue(), share.epsilon(), period);
        total = total.add(cost.total());
        answer(name, entry.getKey(), entry.getValue(), cost, quota, page);
      }
    }
    if (total.signum() == 0) {
      page.say(4, "No query names it: it gets nothing.");
      return;
    }
    page.say(
        4,
        "Together "
            + Words.number(total)
            + " of the quota of "
            + Words.number(quota.epsilon())
            + " in "
            + Words.duration(period)
            + (total.compareTo(quota.epsilon()) > 0
                ? ": MORE THAN THE QUOTA. What comes last in a period is refused."
                : ", leaves " + Words.number(quota.epsilon().subtract(total)) + "."));
  }

  private void answer(
      String consumer,
      String name,
      QueryConfig query,
      QueryCost cost,
      AggregateConfig.Quota quota,
      Page page) {
    page.say(
        4,
        name
            + ": each figure is exact to plus or minus "
            + Words.number(cost.halfWidth())
            + " in 95 of 100 cases (discrete Laplace noise).");
    String refused =
        cost.affordable(quota.epsilon()) < cost.releases()
            ? " The quota pays for " + cost.affordable(quota.epsilon()) + " of them."
            : "";
    page.say(
        6,
        "A release costs epsilon "
            + Words.number(cost.epsilon())
            + ", "
            + Words.count(cost.releases(), "release")
            + " in "
            + Words.duration(period)
            + " cost "
            + Words.number(cost.total())
            + "."
            + refused);
    List<String> sharing =
        query.consumers().entrySet().stream()
            .filter(other -> !other.getKey().equals(consumer))
            .filter(other -> other.getValue().epsilon().compareTo(cost.epsilon()) == 0)
            .map(Map.Entry::getKey)
            .toList();
    if (!sharing.isEmpty()) {
      page.say(
          6,
          "The same release goes to "
              + Words.list(sharing)
              + " and is charged to the budget once.");
    }
  }

  void budget(Page page) {
    page.title("WHAT ANY ONE PERSON CAN LOSE");
    BigDecimal total = BigDecimal.ZERO;
    for (QueryConfig query : config.queries().values()) {
      TreeSet<BigDecimal> different = new TreeSet<>();
      query.consumers().values().forEach(share -> different.add(share.epsilon()));
      for (BigDecimal epsilon : different) {
        total = total.add(QueryCost.of(query, epsilon, period).total());
      }
    }
    BigDecimal epsilon = config.budget().epsilon();
    page.say(
        2,
        "To all consumers together, by the aggregates of "
            + Words.duration(period)
            + ": epsilon "
            + Words.number(epsilon)
            + " at most. Whatever somebody concludes from them becomes at most "
            + factor(epsilon)
            + " times as likely as if the person had taken no part. Releases that would go beyond"
            + " are refused.");
    page.say(
        2,
        "The queries ask for "
            + Words.number(total)
            + (total.compareTo(epsilon) > 0
                ? ": MORE THAN THE BUDGET. What comes last in a period is refused."
                : ", which leaves " + Words.number(epsilon.subtract(total)) + "."));
    page.say(
        2,
        "Each period of event time has a budget of its own, for ever; losses of several periods"
            + " add up.");
  }

  private static String factor(BigDecimal epsilon) {
    double factor = Math.exp(Math.min(epsilon.doubleValue(), 30));
    return epsilon.doubleValue() > 10
        ? "any number of"
        : String.format(Locale.ROOT, factor < 10 ? "%.2f" : "%.0f", factor);
  }
}
