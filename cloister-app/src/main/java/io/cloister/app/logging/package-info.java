// SPDX-License-Identifier: Apache-2.0
/** What logs may say of failures. */
@NullMarked
package io.cloister.app.logging;

import org.jspecify.annotations.NullMarked;
