// SPDX-License-Identifier: Apache-2.0
/** The release engine on Kafka Streams. */
@NullMarked
package io.cloister.anonymize.topology;

import org.jspecify.annotations.NullMarked;
