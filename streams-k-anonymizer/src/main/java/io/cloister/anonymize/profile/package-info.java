// SPDX-License-Identifier: Apache-2.0
/** What k, delay and hierarchies would do to a sample, and how exposed its people are. */
@NullMarked
package io.cloister.anonymize.profile;

import org.jspecify.annotations.NullMarked;
