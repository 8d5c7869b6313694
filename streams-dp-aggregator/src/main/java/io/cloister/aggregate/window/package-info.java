// SPDX-License-Identifier: Apache-2.0
/** Tumbling windows of event time. */
@NullMarked
package io.cloister.aggregate.window;

import org.jspecify.annotations.NullMarked;
