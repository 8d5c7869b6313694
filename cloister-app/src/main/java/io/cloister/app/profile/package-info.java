// SPDX-License-Identifier: Apache-2.0
/** Shows what a profile of a sample found: as text, as a picture, as JSON. */
@NullMarked
package io.cloister.app.profile;

import org.jspecify.annotations.NullMarked;
