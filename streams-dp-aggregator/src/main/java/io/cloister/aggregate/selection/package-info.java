// SPDX-License-Identifier: Apache-2.0
/** Which groups that nobody declared may be named at all. */
@NullMarked
package io.cloister.aggregate.selection;

import org.jspecify.annotations.NullMarked;
