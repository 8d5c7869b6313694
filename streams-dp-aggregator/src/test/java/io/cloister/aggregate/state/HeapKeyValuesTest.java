// SPDX-License-Identifier: Apache-2.0
package io.cloister.aggregate.state;

class HeapKeyValuesTest extends KeyValuesTest {
  @Override
  protected KeyValues empty() {
    return new HeapKeyValues();
  }
}
