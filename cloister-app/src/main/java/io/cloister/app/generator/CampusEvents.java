// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.generator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.SplittableRandom;

/**
 * An endless stream of believable campus events: page views, submissions with scores and forum
 * posts, in which a few students are far more active than most. The same random source and clock
 * give the same events. Not safe for use by several threads.
 */
public final class CampusEvents {
  private static final double ACTIVITY_SKEW = 0.7;
  private static final double PERSONAL_POSTS = 0.6;

  private final Campus campus;
  private final Zipf activity;
  private final double malformedShare;
  private final SplittableRandom random;
  private final InstantSource clock;

  /**
   * @param students how many students there are, 1 to a million
   * @param malformedShare how many of the events are broken, 0 to 1
   * @param random decides everything
   * @param clock tells each event's time
   * @throws IllegalArgumentException when a number is outside its range
   */
  public CampusEvents(
      int students, double malformedShare, SplittableRandom random, InstantSource clock) {
    if (!(malformedShare >= 0 && malformedShare <= 1)) {
      throw new IllegalArgumentException("malformed share 0 to 1, not " + malformedShare);
    }
    this.campus = Campus.invent(students, random.split());
    this.activity = new Zipf(students, ACTIVITY_SKEW);
    this.malformedShare = malformedShare;
    this.random = random;
    this.clock = clock;
  }

  /**
   * @return the next event
   */
  public CampusEvent next() {
    String id = HexFormat.of().toHexDigits(random.nextLong());
    ObjectNode event = event(id, campus.students().get(activity.draw(random)));
    boolean malformed = random.nextDouble() < malformedShare;
    String json = malformed ? Faults.draw(random).apply(event) : event.toString();
    return new CampusEvent(id, json, malformed);
  }

  private ObjectNode event(String id, Student student) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("id", id);
    event.put("timestamp", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString());
    ObjectNode actor = event.putObject("actor");
    actor.put("name", student.fullName());
    actor.put("mbox", "mailto:" + student.email());
    actor.putObject("account").put("name", student.number());
    event.put("birthDate", student.birthDate().toString());
    event.put("postalCode", student.postalCode());
    event.put("gender", student.gender());
    event.put("region", student.region());
    event.put("credits", student.credits());
    event.put("school", student.school().name());
    event.put("course", Words.one(student.courses(), random));
    act(event, student);
    ObjectNode context = event.putObject("context");
    context.put("ip", student.ip());
    context.put("device", Words.one(Words.DEVICES, random));
    return event;
  }

  private void act(ObjectNode event, Student student) {
    int kind = random.nextInt(100);
    if (kind < 60) {
      event.put("activity", "page-view");
    } else if (kind < 85) {
      event.put("activity", "submission");
      event.put("score", score(student));
      event.putObject("result").put("response", post(student, PERSONAL_POSTS / 2));
    } else {
      event.put("activity", "forum-post");
      event.putObject("result").put("response", post(student, PERSONAL_POSTS));
    }
  }

  private String post(Student student, double personalShare) {
    Student friend = Words.one(campus.students(), random);
    return Writing.post(student, friend, personalShare, random);
  }

  /** Bell-shaped around 68, moved by the student's ability, 0 to 100. */
  private int score(Student student) {
    double luck = random.nextDouble() + random.nextDouble() + random.nextDouble() - 1.5;
    return (int) Math.max(0, Math.min(100, Math.round(68 + 22 * luck + 30 * student.ability())));
  }
}
