// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.generator;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * The invented world that events come from.
 *
 * @param students everybody, the most active first
 */
record Campus(List<Student> students) {
  private static final LocalDate YOUNGEST = LocalDate.of(2008, 8, 31);
  private static final int FIRST_NUMBER = 1_000_000;
  private static final int MOST_STUDENTS = 1_000_000;

  /** Popular courses are taken by several times as many students as the others. */
  private static final Zipf COURSE_POPULARITY = new Zipf(Words.COURSES.size(), 0.6);

  /**
   * @param count how many students, 1 to a million
   * @param random decides everything
   * @return a campus
   */
  static Campus invent(int count, RandomGenerator random) {
    if (count < 1 || count > MOST_STUDENTS) {
      throw new IllegalArgumentException("1 to " + MOST_STUDENTS + " students, not " + count);
    }
    List<Student> students = new ArrayList<>(count);
    for (int index = 0; index < count; index++) {
      students.add(student(index, random));
    }
    return new Campus(List.copyOf(students));
  }

  private static Student student(int index, RandomGenerator random) {
    School school = Words.one(Words.SCHOOLS, random);
    // Nearly everybody lives in the school's own county.
    School.Home home = school.homes().get(random.nextInt(10) < 7 ? 0 : 1);
    String gender = random.nextInt(100) < 4 ? "diverse" : random.nextBoolean() ? "female" : "male";
    boolean female = gender.equals("female") || (gender.equals("diverse") && random.nextBoolean());
    String firstName = Words.one(female ? Words.FEMALE : Words.MALE, random);
    String surname = Words.one(Words.SURNAMES, random);
    // A prime step spreads the numbers, which stay distinct, over all seven digits.
    long number = FIRST_NUMBER + (index * 7_368_787L) % 9_000_000L;
    String email =
        String.format(Locale.ROOT, "%s.%s%d@%s", firstName, surname, number % 100, school.domain());
    return new Student(
        "S" + number,
        firstName,
        surname,
        email.toLowerCase(Locale.ROOT),
        String.format(
            Locale.ROOT,
            "(%s) 555-01%02d",
            home.postalPrefix().replaceFirst("^1", "6"),
            random.nextInt(100)),
        YOUNGEST.minusDays(ageInDays(random)),
        home.postalPrefix() + String.format(Locale.ROOT, "%02d", random.nextInt(12)),
        gender,
        home.region(),
        random.nextInt(37) * 5,
        school,
        school.network() + "." + (1 + random.nextInt(254)),
        courses(random),
        random.nextDouble() - 0.5);
  }

  /** Days above the youngest: mostly within five years, with a thin tail of adult learners. */
  private static int ageInDays(RandomGenerator random) {
    int years = random.nextInt(100) < 92 ? 5 : 35;
    return random.nextInt(years * 365);
  }

  private static List<String> courses(RandomGenerator random) {
    Set<String> taken = new LinkedHashSet<>();
    int wanted = 1 + random.nextInt(4);
    while (taken.size() < wanted) {
      taken.add(Words.COURSES.get(COURSE_POPULARITY.draw(random)));
    }
    return List.copyOf(taken);
  }
}
