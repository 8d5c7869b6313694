// SPDX-License-Identifier: Apache-2.0
package io.cloister.app.run;

import io.cloister.app.run.Deployment.KeyCheck;
import io.cloister.common.config.RuntimeConfig.Arrangement;
import io.cloister.common.error.EnvironmentException;
import io.cloister.common.error.InputException;
import io.cloister.common.kafka.ClientSettings;
import io.cloister.common.kafka.TopicNames;
import io.cloister.common.keys.KeyedFunction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Remembers, in the arrangement topic, how a pipeline was first run, and refuses another way. */
final class Deployments {
  private static final Logger log = LoggerFactory.getLogger(Deployments.class);
  private static final int TRIES = 10;

  private final ClientSettings settings;
  private final TopicNames names;
  private final Supplier<UUID> ids;

  /**
   * @param settings how to reach the cluster
   * @param names the pipeline's names
   * @param ids where an id comes from when the pipeline runs for the first time
   */
  Deployments(ClientSettings settings, TopicNames names, Supplier<UUID> ids) {
    this.settings = settings;
    this.names = names;
    this.ids = ids;
  }

  /**
   * @param arrangement how the pipeline is to be run
   * @param tokenKey the key behind the tokens
   * @return how it is run, recorded by this call if it is the first
   * @throws InputException when it was run in another arrangement, or with another token key
   */
  Deployment establish(Arrangement arrangement, KeyedFunction tokenKey) {
    KeyCheck key = KeyCheck.of(tokenKey);
    Deployment deployment = recorded().orElseGet(() -> record(arrangement, key));
    if (!deployment.tokenKey().equals(key)) {
      throw new InputException(
          "keys: the token key is another than the one that pipeline "
              + names.pipeline()
              + " first ran with (version "
              + deployment.tokenKey().version()
              + "): a person would get a second token and count as two people; bring that keyset"
              + " back, or start a new pipeline under another name");
    }
    if (deployment.arrangement() != arrangement) {
      throw new InputException(
          "runtime.arrangement: "
              + name(arrangement)
              + ", but pipeline "
              + names.pipeline()
              + " has run "
              + name(deployment.arrangement())
              + ": the other arrangement would start with no memory of open epochs and spent"
              + " budgets; keep "
              + name(deployment.arrangement())
              + ", or start a new pipeline under another name");
    }
    return deployment;
  }

  /** A transactional id of its own lets one of several first runs win: it fences the others. */
  private Deployment record(Arrangement arrangement, KeyCheck key) {
    for (int i = 0; i < TRIES; i++) {
      try (KafkaProducer<byte[], byte[]> producer = producer()) {
        producer.initTransactions();
        Optional<Deployment> meanwhile = recorded();
        if (meanwhile.isPresent()) {
          return meanwhile.get();
        }
        Deployment deployment = new Deployment(arrangement, ids.get(), key);
        producer.beginTransaction();
        producer.send(new ProducerRecord<>(names.arrangement(), key(), deployment.encode())).get();
        producer.commitTransaction();
        return deployment;
      } catch (ExecutionException | KafkaException e) {
        if (!isFenced(e)) {
          throw failed(e);
        }
        log.debug("Another first run is recording the arrangement");
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new EnvironmentException("interrupted while recording the arrangement", e);
      }
    }
    throw new EnvironmentException("the arrangement could not be recorded: others keep trying too");
  }

  private static boolean isFenced(Throwable failure) {
    for (Throwable link = failure; link != null; link = link.getCause()) {
      if (link instanceof ProducerFencedException
          || link instanceof InvalidProducerEpochException) {
        return true;
      }
    }
    return false;
  }

  private static EnvironmentException failed(Exception e) {
    return new EnvironmentException("the arrangement could not be recorded", e);
  }

  private Optional<Deployment> recorded() {
    List<ConsumerRecord<byte[], byte[]>> records =
        new TopicReader(settings).readAll(names.arrangement());
    return records.isEmpty()
        ? Optional.empty()
        : Optional.of(Deployment.decode(records.get(records.size() - 1).value()));
  }

  private KafkaProducer<byte[], byte[]> producer() {
    Map<String, Object> properties = settings.producer();
    properties.put("transactional.id", names.arrangement());
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private byte[] key() {
    return names.pipeline().getBytes(StandardCharsets.UTF_8);
  }

  private static String name(Arrangement arrangement) {
    return arrangement.name().toLowerCase(Locale.ROOT);
  }
}
