// SPDX-License-Identifier: Apache-2.0
/** What a config must keep to beyond its form: contradictions and impossible values. */
@NullMarked
package io.cloister.common.config.rules;

import org.jspecify.annotations.NullMarked;
