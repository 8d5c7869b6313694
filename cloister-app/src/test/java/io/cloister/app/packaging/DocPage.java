// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.packaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page of the documentation, and what in it can be run. */
record DocPage(Path file, String text) {
  private static final Pattern FENCED =
      Pattern.compile("^```([a-z]+)\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE);
  private static final Pattern INDENTED = Pattern.compile("(?m)^ {4}(.*)$");
  private static final Pattern CODE = Pattern.compile("`([^`]*)`");

  static List<DocPage> all() {
    try (Stream<Path> docs = Files.list(Path.of("../docs"))) {
      return Stream.concat(Stream.of(Path.of("../README.md")), docs)
          .filter(file -> file.toString().endsWith(".md"))
          .sorted()
          .map(DocPage::read)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static DocPage of(String name) {
    return read(Path.of("../docs", name));
  }

  private static DocPage read(Path file) {
    try {
      return new DocPage(file, Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Fenced blocks of a language, in order. */
  List<String> blocks(String language) {
    return FENCED
        .matcher(text)
        .results()
        .filter(block -> block.group(1).equals(language))
        .map(block -> block.group(2))
        .toList();
  }

  /** What is typed after {@code cloister} in blocks of commands, fenced or indented. */
  List<String> commands() {
    List<String> lines = new ArrayList<>();
    blocks("sh").forEach(block -> lines.addAll(block.lines().toList()));
    INDENTED.matcher(text).results().forEach(line -> lines.add(line.group(1)));
    Pattern command = Pattern.compile("^(?:\\$ |echo .*\\| )*(?:\\./)?cloister (.*)$");
    return lines.stream()
        .map(line -> line.replaceFirst(" +#.*", "").replaceFirst("\\$ (?=echo)", ""))
        .map(command::matcher)
        .filter(Matcher::matches)
        .map(line -> line.group(1).strip())
        .toList();
  }

  /** The rows of the table under a heading row; a cell is its pieces of code, or else its text. */
  List<List<List<String>>> table(String heading) {
    return text.substring(text.indexOf(heading))
        .lines()
        .skip(2)
        .takeWhile(line -> line.startsWith("|"))
        .map(DocPage::row)
        .toList();
  }

  private static List<List<String>> row(String line) {
    return Stream.of(line.substring(1, line.length() - 1).split("(?<!\\\\)\\|", -1))
        .map(cell -> CODE.matcher(cell).results().map(code -> code.group(1)).toList())
        .toList();
  }

  @Override
  public String toString() {
    return file.getFileName().toString();
  }
}
