// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.config.bind;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a section or key means, in the words of the config reference. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.RECORD_COMPONENT, ElementType.FIELD})
public @interface Doc {
  /**
   * @return one or two sentences for the reference, with units and ranges
   */
  String value();
}
