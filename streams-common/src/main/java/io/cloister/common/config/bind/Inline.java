// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.config.bind;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A record of one component that is written as that component's value alone: {@code prefix: [5, 3]}
 * rather than {@code prefix: { lengths: [5, 3] }}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Inline {}
