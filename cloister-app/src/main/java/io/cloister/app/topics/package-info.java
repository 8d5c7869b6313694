// SPDX-License-Identifier: Apache-2.0
/** Which topics and permissions a pipeline needs, and creating them. */
@NullMarked
package io.cloister.app.topics;

import org.jspecify.annotations.NullMarked;
