// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.cli;

import io.cloister.common.error.BugException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.IVersionProvider;

/** Answers {@code --version} with what the build wrote beside this class. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() throws IOException {
    try (InputStream text = Version.class.getResourceAsStream("version.txt")) {
      if (text == null) {
        throw new BugException("the build writes version.txt");
      }
      String version = new String(text.readAllBytes(), StandardCharsets.UTF_8).strip();
      return new String[] {"cloister " + version};
    }
  }
}
