// SPDX-License-Identifier: Apache-2.0
package io.cloister.common.registry;

import io.cloister.common.config.RegistryConfig;
import io.cloister.common.error.BugException;
import io.cloister.common.error.EnvironmentException;
import io.cloister.common.error.InputException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Makes the connection that a config describes. */
final class RegistryConnection {
  private RegistryConnection() {}

  static RegistryHttp open(RegistryConfig config, Path base, Backoff backoff) {
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            // A redirect would carry the password to wherever it points.
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(5));
    config
        .truststore()
        .ifPresent(file -> client.sslContext(trusting(base.resolve(file), config, base)));
    return new RegistryHttp(client.build(), url(config), authorization(config, base), backoff);
  }

  private static URI url(RegistryConfig config) {
    try {
      URI url = new URI(config.url().replaceAll("/+$", ""));
      boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
      if (http && url.getHost() != null && url.getUserInfo() == null && url.getQuery() == null) {
        return url;
      }
    } catch (URISyntaxException e) {
      // Refused below; the exception would quote what may hold a password.
    }
    throw new InputException(
        "registry.url must be an http or https address such as http://localhost:8081, without user"
            + " name and password, which go to registry.username and registry.password-file");
  }

  private static Optional<String> authorization(RegistryConfig config, Path base) {
    return config
        .username()
        .map(
            user -> {
              String password =
                  config
                      .passwordFile()
                      .map(file -> firstLine(base.resolve(file), "registry.password-file"))
                      .orElse("");
              byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
              return "Basic " + Base64.getEncoder().encodeToString(pair);
            });
  }

  private static SSLContext trusting(Path truststore, RegistryConfig config, Path base) {
    char[] password =
        config
            .truststorePasswordFile()
            .map(file -> firstLine(base.resolve(file), "registry.truststore-password-file"))
            .orElse("")
            .toCharArray();
    KeyStore trusted;
    try {
      trusted = KeyStore.getInstance(truststore.toFile(), password);
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw new EnvironmentException(
          "registry.truststore "
              + truststore
              + " cannot be opened: is it a PKCS#12 or JKS file, and its password right?");
    }
    try {
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new BugException("this Java has no default TLS", e);
    }
  }

  private static String firstLine(Path file, String key) {
    try (var lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      return Optional.ofNullable(lines.readLine()).orElse("");
    } catch (IOException e) {
      throw new EnvironmentException(key + " cannot be read: " + file);
    }
  }
}
