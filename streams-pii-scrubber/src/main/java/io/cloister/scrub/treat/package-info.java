// SPDX-License-Identifier: Apache-2.0
/** Treatments of fields, compiled from the config into one tree that walks a record once. */
@NullMarked
package io.cloister.scrub.treat;

import org.jspecify.annotations.NullMarked;
