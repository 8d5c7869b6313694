// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.config.bind;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The value of a key that the config leaves out, as YAML. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Default {
  /**
   * @return YAML text, bound like any other value
   */
  String value();
}
