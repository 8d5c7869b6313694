// SPDX-License-Identifier: Apache-2.0
/** The command line: one class a command, and how failures become exit codes. */
@NullMarked
package io.cloister.app.cli;

import org.jspecify.annotations.NullMarked;
