// SPDX-License-Identifier: Apache-2.0
/**
 * Binds YAML to records, reports every problem at once, describes the model for schema and
 * reference.
 */
@NullMarked
package io.cloister.common.config.bind;

import org.jspecify.annotations.NullMarked;
