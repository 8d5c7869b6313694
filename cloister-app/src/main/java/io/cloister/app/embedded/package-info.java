// SPDX-License-Identifier: Apache-2.0
/** A real broker and a real registry inside the process: for demos, tests and first steps. */
@NullMarked
package io.cloister.app.embedded;

import org.jspecify.annotations.NullMarked;
