// SPDX-License-Identifier: Apache-2.0
package io.cloister.scrub.treat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloister.common.record.UntreatableRecordException;

/** What is done to one value. Safe for use by several threads. */
@FunctionalInterface
interface ScalarTreatment {
  /**
   * @param value any value but null
   * @return what takes its place
   * @throws UntreatableRecordException when the value is not of a type that can be treated
   */
  JsonNode apply(JsonNode value) throws UntreatableRecordException;
}
