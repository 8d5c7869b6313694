// SPDX-License-Identifier: Apache-2.0
/**
 * What releases cost a person together: Renyi and zero-concentrated differential privacy, and
 * distributions of the privacy loss. Every figure that it gives bounds the true one from above.
 */
@NullMarked
package io.cloister.aggregate.accounting;

import org.jspecify.annotations.NullMarked;
