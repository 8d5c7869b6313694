// SPDX-License-Identifier: Apache-2.0
package io.cloister.benchmarks.anonymize;

/**
 * What a run was worth. Shares are of 1.
 *
 * @param glm the mean loss over records and quasi-identifiers, a suppressed record's being 1
 * @param immediate records released at their arrival
 * @param suppressed records withheld, or published with nothing left of them
 * @param longestHold arrivals between a record and its release
 * @param narrowed people whose releases, put together, fit fewer than k people
 */
record Verdict(
    double glm, double immediate, double suppressed, long longestHold, double narrowed) {}
