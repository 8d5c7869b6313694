// SPDX-License-Identifier: Apache-2.0
/** Running stages as Kafka Streams applications. */
@NullMarked
package io.cloister.app.run;

import org.jspecify.annotations.NullMarked;
