// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.config;

import io.cloister.common.config.bind.Doc;
import java.util.Optional;

/** How to reach a registry that speaks the Confluent REST protocol. */
@Doc("A schema registry that speaks the Confluent REST protocol.")
public record RegistryConfig(
    @Doc("Base address, http or https, such as http://localhost:8081.") String url,
    @Doc("User name for basic authentication.") Optional<String> username,
    @Doc("A file whose first line is the password; relative to the config.")
        Optional<String> passwordFile,
    @Doc("A PKCS#12 or JKS file of the certificates to trust; relative to the config.")
        Optional<String> truststore,
    @Doc("A file whose first line is the truststore's password; relative to the config.")
        Optional<String> truststorePasswordFile) {}
