// SPDX-License-Identifier: Apache-2.0
/** Field paths into nested records: parsed once, applied to every record. */
@NullMarked
package io.cloister.common.path;

import org.jspecify.annotations.NullMarked;
