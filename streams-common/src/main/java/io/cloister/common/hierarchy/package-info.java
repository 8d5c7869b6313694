// SPDX-License-Identifier: Apache-2.0
/** Generalization hierarchies: fixed trees from a value to the root. */
@NullMarked
package io.cloister.common.hierarchy;

import org.jspecify.annotations.NullMarked;
