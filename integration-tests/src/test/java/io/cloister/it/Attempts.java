// SPDX-License-Identifier: Apache-2.0
package io.cloister.it;

import io.cloister.it.Submissions.Submission;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Invented attempts at exercises, the same ones every time. */
final class Attempts {
  static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
  static final List<String> COURSES = List.of("algebra", "biology", "civics");

  private static final int STUDENTS = 240;
  private static final Duration SPAN = Duration.ofDays(12);
  private static final long SEED = 20_260_101;

  /** An attempt; what describes the student is the same in all of a student's. */
  record Attempt(
      int row,
      String student,
      Instant at,
      String gender,
      int age,
      String zip,
      String course,
      int score) {

    String mail() {
      return student + "@school.example";
    }
  }

  private record Student(String id, String gender, int age, String zip) {}

  private Attempts() {}

  /** So many attempts in order of time, rows counted from 0. */
  static List<Attempt> invent(int count) {
    SplittableRandom random = new SplittableRandom(SEED);
    List<Student> students = new ArrayList<>();
    for (int i = 0; i < STUDENTS; i++) {
      String gender = random.nextInt(100) < 3 ? "X" : random.nextBoolean() ? "F" : "M";
      // Thin areas and years, so that there is something to suppress.
      int area = random.nextInt(100) < 4 ? 700 + random.nextInt(9) : 100 + random.nextInt(3);
      int age = random.nextInt(100) < 6 ? 40 + random.nextInt(40) : 18 + random.nextInt(8);
      students.add(
          new Student("pupil%04d".formatted(i), gender, age, "%d%02d".formatted(area, i % 7)));
    }
    List<Attempt> attempts = new ArrayList<>();
    for (int row = 0; row < count; row++) {
      // The lower half of the list is three times as busy as the upper.
      Student student = students.get(random.nextInt(random.nextInt(4) == 0 ? STUDENTS : 120));
      attempts.add(
          new Attempt(
              row,
              student.id(),
              FIRST.plus(SPAN.multipliedBy(row).dividedBy(count)),
              student.gender(),
              student.age(),
              student.zip(),
              COURSES.get(random.nextInt(COURSES.size())),
              random.nextInt(101)));
    }
    return attempts;
  }

  /** As what aggregates look at. */
  static List<Submission> submissions(List<Attempt> attempts) {
    return attempts.stream()
        .map(it -> new Submission(it.student(), it.course(), it.at(), String.valueOf(it.score())))
        .toList();
  }

  /** Writes attempts as rows to be produced. */
  static Path write(List<Attempt> attempts, Path file) throws IOException {
    List<String> lines = new ArrayList<>(List.of("row,student,at,gender,age,zip,course,score"));
    for (Attempt it : attempts) {
      lines.add(
          "%d,%s,%s,%s,%d,%s,%s,%d"
              .formatted(
                  it.row(),
                  it.student(),
                  it.at(),
                  it.gender(),
                  it.age(),
                  it.zip(),
                  it.course(),
                  it.score()));
    }
    return Files.write(file, lines, StandardCharsets.UTF_8);
  }
}
