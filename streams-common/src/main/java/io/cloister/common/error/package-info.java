// SPDX-License-Identifier: Apache-2.0
/** The three kinds of failure: your input, the environment, our bug. */
@NullMarked
package io.cloister.common.error;

import org.jspecify.annotations.NullMarked;
