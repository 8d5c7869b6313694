// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.record;

import io.cloister.common.path.FieldPath;
import java.util.Optional;

/**
 * One record cannot be decoded or treated; it becomes a dead letter and the stage goes on. Names
 * kind and field, holds no value and no cause, since causes quote their input.
 */
public final class UntreatableRecordException extends Exception {
  private static final long serialVersionUID = 1L;

  private final FailureKind kind;
  private final transient Optional<FieldPath> field;

  /**
   * @param kind why
   */
  public UntreatableRecordException(FailureKind kind) {
    this(kind, Optional.empty());
  }

  /**
   * @param kind why
   * @param field where, as the config names it
   */
  public UntreatableRecordException(FailureKind kind, FieldPath field) {
    this(kind, Optional.of(field));
  }

  private UntreatableRecordException(FailureKind kind, Optional<FieldPath> field) {
    super(kind + field.map(path -> " at " + path).orElse(""), null, false, false);
    this.kind = kind;
    this.field = field;
  }

  /**
   * @return why
   */
  public FailureKind kind() {
    return kind;
  }

  /**
   * @return where, absent when the record as a whole is at fault
   */
  public Optional<FieldPath> field() {
    return field;
  }
}
