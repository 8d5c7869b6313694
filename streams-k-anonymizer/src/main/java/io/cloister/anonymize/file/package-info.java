// SPDX-License-Identifier: Apache-2.0
/** The release engine over CSV files. */
@NullMarked
package io.cloister.anonymize.file;

import org.jspecify.annotations.NullMarked;
