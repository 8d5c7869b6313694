// SPDX-License-Identifier: Apache-2.0
/** Reads the dead-letter topic and shows what is in it. */
@NullMarked
package io.cloister.app.deadletters;

import org.jspecify.annotations.NullMarked;
