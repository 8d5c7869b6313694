// SPDX-License-Identifier: Apache-2.0
/** Budgets, and the record of everything that was ever released or refused. */
@NullMarked
package io.cloister.aggregate.ledger;

import org.jspecify.annotations.NullMarked;
