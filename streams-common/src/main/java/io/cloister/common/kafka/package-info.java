// SPDX-License-Identifier: Apache-2.0
/** Names of topics and applications, source positions in headers, shared client settings. */
@NullMarked
package io.cloister.common.kafka;

import org.jspecify.annotations.NullMarked;
