// SPDX-License-Identifier: Apache-2.0
/** The second stage: hides each person among k on the live stream or in a file. */
@NullMarked
package io.cloister.anonymize;

import org.jspecify.annotations.NullMarked;
