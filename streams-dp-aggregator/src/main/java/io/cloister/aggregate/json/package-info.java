// SPDX-License-Identifier: Apache-2.0
/** JSON with exact decimals, for releases and the ledger. */
@NullMarked
package io.cloister.aggregate.json;

import org.jspecify.annotations.NullMarked;
