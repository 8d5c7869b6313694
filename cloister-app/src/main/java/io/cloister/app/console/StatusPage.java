// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.console;

import io.cloister.app.run.Accounting;
import java.util.Map;

/** The status page: stages, their states, and what became of records. */
public final class StatusPage {
  private static final String STYLE =
      "body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:48rem;padding:0 1rem}"
          + "table{border-collapse:collapse;margin:1rem 0}"
          + "th,td{border-bottom:1px solid #ccc;padding:.3rem .8rem;text-align:left}"
          + "td.n{text-align:right;font-variant-numeric:tabular-nums}";

  private StatusPage() {}

  /**
   * @param pipeline the pipeline's name
   * @param states application to state
   * @param accounting what became of records
   * @return a page of HTML
   */
  public static String render(
      String pipeline, Map<String, ? extends Enum<?>> states, Accounting accounting) {
    StringBuilder html = new StringBuilder();
    html.append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
        .append(escape(pipeline))
        .append("</title><style>")
        .append(STYLE)
        .append("</style></head><body><h1>")
        .append(escape(pipeline))
        .append("</h1><table><tr><th>Application</th><th>State</th></tr>");
    states.forEach(
        (application, state) ->
            html.append("<tr><td>")
                .append(escape(application))
                .append("</td><td>")
                .append(escape(state.name()))
                .append("</td></tr>"));
    html.append("</table><table><tr><th>Stage</th><th>Records</th><th>Count</th></tr>");
    accounting
        .stages()
        .forEach(
            (stage, outcomes) ->
                outcomes.forEach(
                    (outcome, count) ->
                        html.append("<tr><td>")
                            .append(escape(stage))
                            .append("</td><td>")
                            .append(escape(outcome))
                            .append("</td><td class=\"n\">")
                            .append(count)
                            .append("</td></tr>")));
    return html.append("</table><p><a href=\"/metrics\">Metrics</a></p></body></html>\n")
        .toString();
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
