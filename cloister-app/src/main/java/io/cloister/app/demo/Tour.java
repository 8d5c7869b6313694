// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.demo;

import io.cloister.app.run.Accounting;
import io.cloister.app.run.PipelineRunner;
import io.cloister.app.run.PipelineSetup;
import io.cloister.common.config.AggregateConfig;
import io.cloister.common.config.TopologyConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What the demo shows, in which order. */
final class Tour {
  private static final Duration ROUND = Duration.ofMinutes(2);

  /** A better event to show may come; for so long it is worth the wait. */
  private static final Duration CHOOSING = Duration.ofSeconds(6);

  private static final int WORTH_SHOWING = 13;
  private static final Duration TICK = Duration.ofMillis(250);

  private final PipelineSetup setup;
  private final Demo.Settings settings;
  private final Screen screen;
  private final InstantSource clock;
  private final Predicate<Duration> stop;
  private final Runnable check;
  private final Patience patience;
  private final AnswerView view;

  /**
   * What there is to see.
   *
   * @param trail events by stage
   * @param answers what consumers receive
   * @param traffic the events that are produced
   * @param since when they began
   * @param runner the stages
   * @param config the config's file
   */
  record Sights(
      EventTrail trail,
      Answers answers,
      Traffic traffic,
      Instant since,
      PipelineRunner runner,
      Path config) {}

  Tour(
      PipelineSetup setup,
      Demo.Settings settings,
      Screen screen,
      InstantSource clock,
      Predicate<Duration> stop,
      Runnable check) {
    this.setup = setup;
    this.settings = settings;
    this.screen = screen;
    this.clock = clock;
    this.stop = stop;
    this.check = check;
    this.patience = new Patience(clock, ROUND, stop, check);
    this.view = new AnswerView(aggregate(), screen.palette());
  }

  /** Shows everything, as far as the user wants to see it. */
  void guide(Sights sights) {
    boolean whole = event(sights) && figures(sights) && refusal(sights);
    if (!whole) {
      return;
    }
    accounts(sights);
    whereNext(sights);
    if (!settings.once()) {
      goOn(sights);
    }
  }

  private boolean event(Sights sights) {
    TopologyConfig config = setup.config();
    screen.title("1. One event, from the student to the analyst");
    Instant chosen = clock.instant().plus(CHOOSING);
    Optional<FollowedEvent> event =
        patience.await(
            "an event to come out of the anonymizer",
            () ->
                sights
                    .trail()
                    .best()
                    .filter(
                        best -> best.worth() >= WORTH_SHOWING || clock.instant().isAfter(chosen)));
    event.ifPresent(
        followed -> {
          screen.lines(new SideBySide(config, screen.palette(), screen.width()).lines(followed));
          screen.blank();
          screen.text(
              "At least "
                  + (config.anonymize().orElseThrow().k() - 1)
                  + " other people share these generalized values. `id` is published for this demo"
                  + " alone, to follow the event by it. Names in free text are not found yet: one"
                  + " reason why free text stays inside.");
        });
    return event.isPresent();
  }

  private boolean figures(Sights sights) {
    screen.title("2. The first differentially private figures");
    for (String query : aggregate().queries().keySet()) {
      Optional<Answer.Released> released =
          patience.await(
              "figures of " + query, () -> sights.answers().firstRelease(query, sights.since()));
      if (released.isEmpty()) {
        return false;
      }
      screen.lines(view.lines(released.get()));
      screen.blank();
    }
    screen.text(
        "These windows are seconds long, so that there is something to see; real ones last hours"
            + " or days. A budget bounds what all figures together can tell about any one person.");
    return true;
  }

  private boolean refusal(Sights sights) {
    screen.title("3. The budget holds: what is spent is spent");
    Optional<Answer.Refused> refused =
        patience.await("a refusal", () -> sights.answers().firstRefusal());
    refused.ifPresent(answer -> screen.lines(view.lines(answer)));
    return refused.isPresent();
  }

  /** Without the traffic, when nothing more comes after it, the books must balance exactly. */
  private void accounts(Sights sights) {
    screen.title("4. Every record is accounted for");
    if (settings.once()) {
      sights.traffic().close();
      patience.await(
          "the last records",
          () -> sights.runner().isDone() ? Optional.of(true) : Optional.empty());
    }
    screen.lines(
        new Books(Accounting.of(setup.metrics()), sights.runner().held(), sights.traffic().sent())
            .lines());
  }

  private void whereNext(Sights sights) {
    screen.title("Where to look next");
    List<String> lines = new ArrayList<>();
    if (settings.once()) {
      lines.add("  ./cloister demo                                 the same, until you stop it");
      lines.add(
          "  ./cloister explain docs/examples/topology.yaml  what a config does, field by field");
    } else {
      lines.add("  in another terminal, as long as this runs:");
      lines.add("    ./cloister explain " + sights.config());
      lines.add("    ./cloister topics " + sights.config());
      lines.add("    ./cloister deadletters -c " + sights.config());
    }
    lines.add(
        "  docs/getting-started.md                         from this demo to your own events");
    lines.add(
        "  docs/guarantees.md                              what is promised, and what is not");
    screen.lines(lines);
    screen.blank();
  }

  private void goOn(Sights sights) {
    screen.text(
        "It goes on: a line for each release, and for the first refusal of each. Ctrl-C ends it and"
            + " removes its files.");
    screen.blank();
    int shown = sights.answers().all().size();
    Set<String> refused = new HashSet<>();
    do {
      check.run();
      List<Answer> answers = sights.answers().all();
      for (Answer answer : answers.subList(shown, answers.size())) {
        String asked = answer.head().query() + "/" + answer.head().consumer();
        if (answer instanceof Answer.Released || refused.add(asked)) {
          screen.lines(List.of(view.line(answer)));
        }
      }
      shown = answers.size();
    } while (!stop.test(TICK));
  }

  private AggregateConfig aggregate() {
    return setup.config().aggregate().orElseThrow();
  }
}
