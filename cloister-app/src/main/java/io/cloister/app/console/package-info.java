// SPDX-License-Identifier: Apache-2.0
/** Status page, health and metrics over HTTP. */
@NullMarked
package io.cloister.app.console;

import org.jspecify.annotations.NullMarked;
