// SPDX-License-Identifier: Apache-2.0
/** The Avro schemas of records that Cloister itself defines. */
@NullMarked
package io.cloister.schemas;

import org.jspecify.annotations.NullMarked;
