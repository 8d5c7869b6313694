// SPDX-License-Identifier: Apache-2.0
/** The topology config as records: the one public interface of a data engineer. */
@NullMarked
package io.cloister.common.config;

import org.jspecify.annotations.NullMarked;
