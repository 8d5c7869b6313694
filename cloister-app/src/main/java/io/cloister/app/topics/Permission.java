// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.topics;

/**
 * One access control entry that a principal needs.
 *
 * @param principal the role: a stage, an analyst, a consumer of the config
 * @param operations such as {@code Read}
 * @param resource {@code Topic}, {@code Group} or {@code TransactionalId}
 * @param name the resource's name, or how the names of several start
 * @param prefixed whether {@code name} is how names start
 */
public record Permission(
    String principal, String operations, String resource, String name, boolean prefixed) {}
