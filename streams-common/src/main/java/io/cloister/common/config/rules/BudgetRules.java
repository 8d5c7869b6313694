// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.config.rules;

import static io.cloister.common.config.bind.Places.below;

import io.cloister.common.config.AggregateConfig;
import io.cloister.common.config.QueryConfig;
import io.cloister.common.config.bind.Nearest;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Budgets that are exact and that pay for what is asked of them. */
final class BudgetRules {
  private static final List<String> ROOT = List.of("aggregate");
  private static final int PLACES = 9;
  private static final BigDecimal MOST = new BigDecimal(1_000_000);

  private final AggregateConfig config;
  private final Report report;

  private BudgetRules(AggregateConfig config, Report report) {
    this.config = config;
    this.report = report;
  }

  static void check(AggregateConfig config, Report report) {
    BudgetRules rules = new BudgetRules(config, report);
    rules.amounts();
    rules.shares();
    rules.totals();
  }

  private void amounts() {
    exact(config.budget().epsilon(), below(ROOT, "budget", "epsilon"));
    config
        .consumers()
        .forEach(
            (name, quota) -> {
              List<String> path = below(ROOT, "consumers", name, "epsilon");
              exact(quota.epsilon(), path);
              within(quota.epsilon(), config.budget().epsilon(), "budget", path);
            });
  }

  private void within(BigDecimal amount, BigDecimal limit, String of, List<String> path) {
    boolean comparable = !of.equals("budget") || report.sound(below(ROOT, "budget", "epsilon"));
    if (comparable && amount.compareTo(limit) > 0) {
      report.error(
          path, amount.toPlainString(), "at most " + limit.toPlainString() + ", the " + of);
    }
  }

  private void exact(BigDecimal epsilon, List<String> path) {
    if (epsilon.stripTrailingZeros().scale() > PLACES) {
      report.error(path, epsilon.toString(), "at most 9 decimal places: budgets are exact");
    } else if (epsilon.compareTo(MOST) > 0) {
      report.error(path, epsilon.toString(), "at most " + MOST);
    }
  }

  private void shares() {
    config
        .queries()
        .forEach(
            (name, query) -> {
              List<String> path = below(ROOT, "queries", name);
              if (!report.hasBelow(below(path, "consumers"))) {
                report.error(below(path, "consumers"), "none", "at least one consumer");
              }
              if (report.sound(below(ROOT, "budget", "period"))
                  && report.sound(below(path, "window", "tumbling"))
                  && query.window().tumbling().compareTo(config.budget().period()) > 0) {
                report.error(
                    below(path, "window", "tumbling"),
                    query.window().tumbling().toString(),
                    "at most the budget's period, " + config.budget().period());
              }
              query.consumers().forEach((consumer, share) -> share(consumer, query, share, path));
            });
  }

  private void share(
      String consumer, QueryConfig query, QueryConfig.Share share, List<String> query0) {
    List<String> path = below(query0, "consumers", consumer);
    List<String> epsilon = below(path, "epsilon");
    AggregateConfig.Quota quota = config.consumers().get(consumer);
    if (quota == null) {
      if (!report.has(below(ROOT, "consumers", consumer))) {
        report.error(
            path,
            "'" + consumer + "'",
            "a consumer under aggregate.consumers",
            Nearest.to(consumer, config.consumers().keySet()));
      }
      return;
    }
    exact(share.epsilon(), epsilon);
    if (!report.sound(below(ROOT, "consumers", consumer, "epsilon"))) {
      return;
    }
    within(share.epsilon(), quota.epsilon(), "quota of " + consumer, epsilon);
    BigDecimal cost = share.epsilon().multiply(releases(query));
    if (share.epsilon().compareTo(quota.epsilon()) <= 0 && cost.compareTo(quota.epsilon()) > 0) {
      report.warn(
          epsilon,
          plain(cost) + " a period, " + releases(query) + " releases at " + plain(share.epsilon()),
          "up to the quota of " + plain(quota.epsilon()) + "; later releases will be refused");
    }
  }

  /** Quotas and the budget against all queries together. */
  private void totals() {
    Map<String, BigDecimal> spent = new HashMap<>();
    Map<String, BigDecimal> most = new HashMap<>();
    BigDecimal global = BigDecimal.ZERO;
    for (QueryConfig query : config.queries().values()) {
      BigDecimal releases = releases(query);
      TreeSet<BigDecimal> shared = new TreeSet<>();
      query
          .consumers()
          .forEach(
              (consumer, share) -> {
                BigDecimal cost = share.epsilon().multiply(releases);
                spent.merge(consumer, cost, BigDecimal::add);
                most.merge(consumer, cost, BigDecimal::max);
                shared.add(share.epsilon());
              });
      for (BigDecimal epsilon : shared) {
        global = global.add(epsilon.multiply(releases));
      }
    }
    config
        .consumers()
        .forEach(
            (name, quota) -> {
              BigDecimal total = spent.getOrDefault(name, BigDecimal.ZERO);
              BigDecimal one = most.getOrDefault(name, BigDecimal.ZERO);
              if (total.compareTo(quota.epsilon()) > 0 && one.compareTo(quota.epsilon()) <= 0) {
                report.warn(
                    below(ROOT, "consumers", name, "epsilon"),
                    plain(quota.epsilon()) + " for queries that cost " + plain(total) + " a period",
                    "at least what the queries cost; later releases will be refused");
              }
            });
    if (global.compareTo(config.budget().epsilon()) > 0) {
      report.warn(
          below(ROOT, "budget", "epsilon"),
          plain(config.budget().epsilon())
              + " for releases that cost "
              + plain(global)
              + " a period",
          "at least what the releases cost; later ones will be refused");
    }
  }

  /** How many windows a period pays for at most. */
  private BigDecimal releases(QueryConfig query) {
    return new BigDecimal(
        BudgetMath.windowsPerPeriod(query.window().tumbling(), config.budget().period()));
  }

  private static String plain(BigDecimal amount) {
    return amount.stripTrailingZeros().toPlainString();
  }
}
