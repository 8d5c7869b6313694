// SPDX-License-Identifier: Apache-2.0
/** Finds personal data in free text, in time linear in the text. */
@NullMarked
package io.cloister.scrub.detect;

import org.jspecify.annotations.NullMarked;
