// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloister.common.config.Treatment;
import io.cloister.common.error.EnvironmentException;
import io.cloister.common.error.InputException;
import io.cloister.scrub.detect.Detector;
import io.cloister.scrub.detect.Finding;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Finds personal data in texts from standard input. */
@Command(
    name = "scan",
    description = {
      "Finds personal data in texts: JSON lines {\"id\",\"text\"} in, JSON lines"
          + " {\"id\",\"entities\":[{\"type\",\"start\",\"end\",\"score\"}]} out, UTF-8.",
      "Offsets count UTF-16 code units; the end is exclusive."
    },
    mixinStandardHelpOptions = true)
final class ScanCommand implements Callable<Integer> {
  private static final ObjectMapper JSON = new ObjectMapper(new JsonFactory());

  private final InputStream in;

  @Option(
      names = "--region",
      paramLabel = "CODE",
      defaultValue = "US",
      description = "Country whose national phone numbers are known (default: ${DEFAULT-VALUE}).")
  private String region = "US";

  @Spec private CommandSpec spec;

  ScanCommand() {
    this(System.in);
  }

  ScanCommand(InputStream in) {
    this.in = in;
  }

  @Override
  public Integer call() {
    Detector detector =
        Detector.of(new Treatment.Detect(Treatment.Replace.LABEL, List.of(), Map.of(), region));
    PrintWriter out = spec.commandLine().getOut();
    // A decoder made here reports what is no UTF-8; the usual reader would replace it.
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder()))) {
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (!line.isBlank()) {
          out.write(scan(detector, line, number) + "\n");
        }
        if (!lines.ready()) {
          out.flush();
        }
      }
    } catch (CharacterCodingException e) {
      throw new InputException("standard input is no UTF-8");
    } catch (IOException e) {
      throw new EnvironmentException("standard input cannot be read", e);
    } finally {
      out.flush();
    }
    return ExitCode.DONE.number();
  }

  private static String scan(Detector detector, String line, int number) {
    try {
      JsonNode input = JSON.readTree(line);
      if (!input.isObject() || !input.path("text").isTextual()) {
        throw new InputException("line " + number + ": must be a JSON object with a text \"text\"");
      }
      ObjectNode output = JSON.createObjectNode();
      if (input.has("id")) {
        output.set("id", input.get("id"));
      }
      ArrayNode entities = output.putArray("entities");
      for (Finding finding : detector.find(input.get("text").textValue())) {
        entities
            .addObject()
            .put("type", finding.type())
            .put("start", finding.start())
            .put("end", finding.end())
            .put("score", finding.score());
      }
      return JSON.writeValueAsString(output);
    } catch (JsonProcessingException e) {
      // Neither message nor cause: both quote the line.
      throw new InputException("line " + number + ": is no JSON");
    }
  }
}
