// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.generator;

import java.util.List;
import java.util.random.RandomGenerator;

/** Word lists of our own; every combination is an invented person. */
final class Words {
  static final List<String> FEMALE =
      List.of(
          "Ada", "Alma", "Amara", "Bea", "Carmen", "Clara", "Dalia", "Edith", "Elena", "Esme",
          "Farah", "Freya", "Greta", "Hana", "Ines", "Iris", "Joana", "Kira", "Leila", "Lena",
          "Maya", "Mina", "Nadia", "Nora", "Olga", "Petra", "Rosa", "Sana", "Tilda", "Yara");

  static final List<String> MALE =
      List.of(
          "Adam", "Amir", "Arthur", "Boris", "Caleb", "Dario", "Elias", "Emil", "Felix", "Gus",
          "Hugo", "Idris", "Ivan", "Jonas", "Kofi", "Leon", "Luca", "Malik", "Mateo", "Milo",
          "Nico", "Omar", "Oscar", "Pavel", "Ravi", "Samir", "Theo", "Tomas", "Viktor", "Yusuf");

  static final List<String> SURNAMES =
      List.of(
          "Abbot",
          "Aldana",
          "Amsel",
          "Barlow",
          "Bekele",
          "Birch",
          "Calder",
          "Castell",
          "Dacosta",
          "Delgado",
          "Dunmore",
          "Ekberg",
          "Falk",
          "Ferro",
          "Garrick",
          "Gomes",
          "Hadley",
          "Haruna",
          "Holm",
          "Iversen",
          "Jansa",
          "Kader",
          "Keller",
          "Kimura",
          "Lafon",
          "Lindqvist",
          "Lowell",
          "Marsh",
          "Mbeki",
          "Moreau",
          "Nakata",
          "Novak",
          "Okoro",
          "Olsen",
          "Paluda",
          "Pereira",
          "Quill",
          "Rahimi",
          "Renner",
          "Rossi",
          "Sadler",
          "Santos",
          "Sharif",
          "Sorel",
          "Tamm",
          "Thorne",
          "Udall",
          "Vance",
          "Varga",
          "Weller",
          "Wilde",
          "Yamada",
          "Zeman",
          "Zola");

  static final List<String> COURSES =
      List.of(
          "math-1",
          "math-2",
          "programming-1",
          "physics-1",
          "biology-1",
          "chemistry-1",
          "statistics-1",
          "writing-1",
          "history-1",
          "economics-1",
          "spanish-1",
          "music-theory");

  static final List<String> DEVICES = List.of("laptop", "phone", "tablet", "lab-pc");

  static final List<School> SCHOOLS =
      List.of(
          school(
              "Harbor College", "harbor", "192.0.2", "Harbor County:101", "Saltmarsh County:102"),
          school(
              "Lakeside Academy", "lakeside", "198.51.100", "Lake County:131", "Reed County:132"),
          school(
              "Elm Valley School",
              "elmvalley",
              "203.0.113",
              "Elm County:207",
              "Orchard County:208"),
          school(
              "Highfield Institute",
              "highfield",
              "198.51.100",
              "Stone County:311",
              "Heath County:312"));

  private Words() {}

  static <T> T one(List<T> of, RandomGenerator random) {
    return of.get(random.nextInt(of.size()));
  }

  private static School school(String name, String host, String network, String... homes) {
    List<School.Home> parsed =
        List.of(homes).stream()
            .map(home -> home.split(":", 2))
            .map(parts -> new School.Home(parts[0], parts[1]))
            .toList();
    return new School(name, host + ".example.edu", parsed, network);
  }
}
