// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.explain;

import io.cloister.common.config.AnonymizeConfig;
import io.cloister.common.config.ScrubConfig;
import io.cloister.common.config.SourceConfig;
import io.cloister.common.config.TopologyConfig;
import io.cloister.common.kafka.TopicNames;
import io.cloister.common.path.FieldPath;
import java.nio.file.Path;
import java.util.List;

/** A config in plain words. */
public final class Explanation {
  private final TopologyConfig config;
  private final TopicNames names;
  private final FieldStory fields;
  private final Page page = new Page();

  private Explanation(TopologyConfig config, Path directory) {
    this.config = config;
    this.names = new TopicNames(config.pipeline());
    this.fields = new FieldStory(config, new Chains(directory));
  }

  /**
   * @param config a validated config
   * @param directory what the files that it names are relative to
   * @return what leaves, to whom, at what price, and what is not protected; the same for the same
   *     config
   */
  public static List<String> of(TopologyConfig config, Path directory) {
    Explanation explanation = new Explanation(config, directory);
    explanation.everything();
    return explanation.page.lines();
  }

  /**
   * @param config a validated config
   * @param directory what the files that it names are relative to
   * @param field a field of the raw events, named by the config or not
   * @return what happens to it and why
   */
  public static List<String> of(TopologyConfig config, Path directory, FieldPath field) {
    Explanation explanation = new Explanation(config, directory);
    explanation.fields.tell(field, explanation.page);
    return explanation.page.lines();
  }

  private void everything() {
    page.title("PIPELINE " + config.pipeline());
    config.source().ifPresent(this::source);
    page.title("WHAT HAPPENS TO EACH FIELD");
    fields.fields().forEach(field -> fields.tell(field, page));
    config.scrub().ifPresent(this::unlisted);
    config.anonymize().ifPresent(this::anonymized);
    config
        .aggregate()
        .ifPresent(
            aggregate -> {
              AggregateStory story = new AggregateStory(aggregate, names);
              story.queries(page);
              story.consumers(page);
              story.budget(page);
            });
    NotProtected.tell(config, names, page);
  }

  private void source(SourceConfig source) {
    String from =
        source.topics().isEmpty() ? "a file" : "the topics " + Words.list(source.topics());
    page.say(2, "Raw events come from " + from + ".");
    if (config.scrub().isPresent()) {
      page.say(
          2,
          "What cannot be read or treated goes encrypted to "
              + names.deadLetters()
              + "; nothing of it appears in logs.");
      page.say(
          2,
          "What the scrubber lets through is in "
              + names.scrubbed()
              + ", which only the next stages may read: it is not anonymous.");
    }
    if (source.subject().isEmpty()) {
      page.say(2, "No field names the person: every row counts as a person of its own.");
    }
  }

  private void unlisted(ScrubConfig scrub) {
    page.say(2, "Any other field");
    page.say(4, "The scrubber " + FieldStory.unlisted(scrub.unlisted()));
  }

  private void anonymized(AnonymizeConfig anonymize) {
    page.title("WHAT ANALYSTS GET, in the topic " + names.anonymized());
    page.say(
        2,
        "Records in which at least "
            + anonymize.k()
            + " distinct people share every combination of "
            + Words.list(List.copyOf(anonymize.quasiIdentifiers().keySet()))
            + ", from the first moment that it can be read, within "
            + Words.duration(anonymize.epoch())
            + " (one epoch). Records of which all of these are suppressed are the exception.");
    page.say(
        2,
        "A record waits at most "
            + Words.duration(anonymize.maxDelay())
            + " for others like it. Then it is released more coarsely, or suppressed.");
    page.say(
        2,
        "Events that come up to "
            + Words.duration(anonymize.grace())
            + " after their epoch's end still join it; later ones are suppressed.");
    page.say(
        2,
        "Times are cut down to multiples of "
            + Words.duration(anonymize.time().truncate())
            + ". The person, the source's record keys, headers and positions are not in it.");
    boolean nested = anonymize.epochs() == AnonymizeConfig.Epochs.NESTED;
    if (!anonymize.shardBy().isEmpty()) {
      page.say(
          2,
          "People are hidden among those with the same "
              + Words.list(anonymize.shardBy())
              + (nested ? " when their first event came" : " when the epoch's first event came")
              + "; each such region is independent."
              + (anonymize.smallRegions() == AnonymizeConfig.SmallRegions.SECOND_CHANCE
                  ? " Those whose region has too few like them are hidden among each other"
                      + " instead; their records show * for "
                      + Words.list(anonymize.shardBy())
                      + "."
                  : " Those whose region has too few like them are suppressed."));
    }
    page.say(
        2,
        nested
            ? "Epochs are nested: a person's group contains those of the epochs before, so that"
                + " following a person over time narrows nobody down. To this end each person's last"
                + " group is kept for as long as the pipeline's state."
            : "Epochs are independent: across epochs a person's records may be in different"
                + " groups.");
  }
}
