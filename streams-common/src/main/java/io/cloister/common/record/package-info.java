// SPDX-License-Identifier: Apache-2.0
/** Records as trees, whatever their wire format, and the derivation of output schemas. */
@NullMarked
package io.cloister.common.record;

import org.jspecify.annotations.NullMarked;
