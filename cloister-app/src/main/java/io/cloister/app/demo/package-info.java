// SPDX-License-Identifier: Apache-2.0
/** The demo: the whole pipeline in this process on invented events, and what to see of it. */
@NullMarked
package io.cloister.app.demo;

import org.jspecify.annotations.NullMarked;
