// SPDX-License-Identifier: Apache-2.0
/** The same aggregation and ledger over a file. */
@NullMarked
package io.cloister.aggregate.file;

import org.jspecify.annotations.NullMarked;
