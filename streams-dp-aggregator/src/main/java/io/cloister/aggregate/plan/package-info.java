// SPDX-License-Identifier: Apache-2.0
/** The config's queries, compiled once for records to be counted by. */
@NullMarked
package io.cloister.aggregate.plan;

import org.jspecify.annotations.NullMarked;
