// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.generator;

import java.util.List;

/**
 * An invented school.
 *
 * @param name its name
 * @param domain its domain, under {@code example.edu}
 * @param homes where its students live
 * @param network the first three octets of its addresses, in a range set aside for documentation
 */
record School(String name, String domain, List<Home> homes, String network) {
  /**
   * A county and the beginning of its postal codes.
   *
   * @param region the county
   * @param postalPrefix the first three digits of its five-digit postal codes
   */
  record Home(String region, String postalPrefix) {}
}
