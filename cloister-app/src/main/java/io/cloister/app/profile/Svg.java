// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.profile;

import io.cloister.common.error.BugException;
import java.io.StringWriter;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes a picture element by element. The writer escapes; what XML has no way to say is dropped.
 */
final class Svg {
  /** Of dark text on white. */
  static final String INK = "#1f2933";

  /** Of what explains. */
  static final String GREY = "#5b6770";

  /** Of rules and axes. */
  static final String RULE = "#d9dee3";

  private final StringWriter out = new StringWriter();
  private final XMLStreamWriter xml;

  Svg(int width, int height, String title, String description) {
    try {
      xml = XMLOutputFactory.newFactory().createXMLStreamWriter(out);
      xml.writeStartDocument("UTF-8", "1.0");
    } catch (XMLStreamException e) {
      throw failure();
    }
    start(
        "svg",
        "xmlns",
        "http://www.w3.org/2000/svg",
        "viewBox",
        "0 0 " + width + " " + height,
        "width",
        width,
        "height",
        height,
        "role",
        "img",
        "aria-labelledby",
        "title description",
        "font-family",
        "system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif",
        "font-size",
        12,
        "fill",
        INK);
    leaf("title", title, "id", "title");
    leaf("desc", description, "id", "description");
    rect(0, 0, width, height, "#ffffff");
  }

  void rect(double x, double y, double width, double height, String fill) {
    leaf("rect", "", "x", x, "y", y, "width", width, "height", height, "fill", fill);
  }

  void line(double x1, double y1, double x2, double y2, String stroke) {
    leaf("line", "", "x1", x1, "y1", y1, "x2", x2, "y2", y2, "stroke", stroke);
  }

  void polyline(String points, String stroke, double width) {
    leaf(
        "polyline",
        "",
        "points",
        points,
        "fill",
        "none",
        "stroke",
        stroke,
        "stroke-width",
        width,
        "stroke-linejoin",
        "round");
  }

  void circle(double x, double y, double radius, String fill, String tip) {
    start(
        "circle",
        "cx",
        x,
        "cy",
        y,
        "r",
        radius,
        "fill",
        fill,
        "stroke",
        "#ffffff",
        "stroke-width",
        1.5);
    leaf("title", tip);
    end();
  }

  /**
   * @param attributes further names and values in turn, such as {@code "font-weight", 600}
   */
  void text(double x, double y, String text, Object... attributes) {
    start("text", "x", x, "y", y);
    attributes(attributes);
    characters(text);
    end();
  }

  /** The whole picture. */
  String finish() {
    end();
    try {
      xml.writeEndDocument();
      xml.close();
    } catch (XMLStreamException e) {
      throw failure();
    }
    return out + "\n";
  }

  static String number(double number) {
    String text = String.format(Locale.ROOT, "%.1f", number);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  private void leaf(String name, String text, Object... attributes) {
    start(name, attributes);
    characters(text);
    end();
  }

  private void start(String name, Object... attributes) {
    try {
      xml.writeCharacters("\n");
      xml.writeStartElement(name);
    } catch (XMLStreamException e) {
      throw failure();
    }
    attributes(attributes);
  }

  private void attributes(Object... attributes) {
    try {
      for (int i = 0; i < attributes.length; i += 2) {
        Object value = attributes[i + 1];
        xml.writeAttribute(
            attributes[i].toString(),
            value instanceof Double number ? number(number) : value.toString());
      }
    } catch (XMLStreamException e) {
      throw failure();
    }
  }

  private void characters(String text) {
    try {
      xml.writeCharacters(sayable(text));
    } catch (XMLStreamException e) {
      throw failure();
    }
  }

  private void end() {
    try {
      xml.writeEndElement();
    } catch (XMLStreamException e) {
      throw failure();
    }
  }

  /** The characters that XML 1.0 has (its section 2.2). */
  private static String sayable(String text) {
    StringBuilder kept = new StringBuilder();
    text.codePoints()
        .filter(
            c ->
                c == '\t'
                    || c == '\n'
                    || (c >= 0x20 && c <= 0xD7FF)
                    || (c >= 0xE000 && c <= 0xFFFD)
                    || c >= 0x10000)
        .forEach(kept::appendCodePoint);
    return kept.toString();
  }

  private static BugException failure() {
    return new BugException("a picture cannot be written into memory");
  }
}
