// SPDX-License-Identifier: Apache-2.0
/** Says in plain words, for a privacy officer, what a config does. */
@NullMarked
package io.cloister.app.explain;

import org.jspecify.annotations.NullMarked;
