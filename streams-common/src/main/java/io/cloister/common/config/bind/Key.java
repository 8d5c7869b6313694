// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.config.bind;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The name in YAML where it is not the kebab-case of the Java name: of a record component, or of a
 * variant of a sealed type.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.RECORD_COMPONENT})
public @interface Key {
  /**
   * @return the name as it is written in YAML
   */
  String value();
}
