// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.generator;

import java.time.LocalDate;
import java.util.List;

/**
 * An invented student.
 *
 * @param number the student number, which is the account name too
 * @param firstName first name
 * @param surname surname
 * @param email address at the school
 * @param phone of the numbers set aside for fiction
 * @param birthDate day of birth
 * @param postalCode five digits
 * @param gender {@code female}, {@code male} or {@code diverse}
 * @param region county of residence
 * @param credits credits earned so far
 * @param school the school
 * @param ip address of the usual device, in a range set aside for documentation
 * @param courses courses taken, at least one
 * @param ability what moves the student's scores, about 0
 */
record Student(
    String number,
    String firstName,
    String surname,
    String email,
    String phone,
    LocalDate birthDate,
    String postalCode,
    String gender,
    String region,
    int credits,
    School school,
    String ip,
    List<String> courses,
    double ability) {

  String fullName() {
    return firstName + " " + surname;
  }

  /** Of invented people, and still not printed: whatever prints students prints a raw event. */
  @Override
  public String toString() {
    return "Student";
  }
}
