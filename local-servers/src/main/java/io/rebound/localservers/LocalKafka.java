package io.rebound.localservers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * One Kafka node (KRaft, broker and controller) in this JVM, its log in a folder. It survives
 * SIGKILL of the process: what a producer with acks=all was told is stored is found again. It does
 * not survive a power cut, because one broker alone doesn't wait for the disk.
 */
public final class LocalKafka implements AutoCloseable {
  private static final String[] SINGLE_NODE = {
    "offsets.topic.replication.factor",
    "offsets.topic.num.partitions",
    "transaction.state.log.replication.factor",
    "transaction.state.log.num.partitions",
    "transaction.state.log.min.isr",
    "share.coordinator.state.topic.replication.factor",
    "share.coordinator.state.topic.min.isr"
  };

  private final KafkaRaftServer server;
  private final String bootstrapServers;

  private LocalKafka(KafkaRaftServer server, String bootstrapServers) {
    this.server = server;
    this.bootstrapServers = bootstrapServers;
  }

  /**
   * Starts the node and returns when it is starting to answer.
   *
   * @param folder where its log lives; made and formatted if new
   * @param port the clients' port on the loopback interface; the controller takes {@code
   *     controllerPort}
   * @param overrides broker settings that differ from the quickstart's
   */
  public static LocalKafka start(
      Path folder, int port, int controllerPort, Map<String, String> overrides) throws IOException {
    Files.createDirectories(folder);
    var settings = settings(folder, port, controllerPort);
    settings.putAll(overrides);
    if (!Files.exists(folder.resolve("meta.properties"))) {
      format(folder);
    }
    var server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
    server.startup();
    return new LocalKafka(server, "127.0.0.1:" + port);
  }

  public String bootstrapServers() {
    return bootstrapServers;
  }

  private static Properties settings(Path folder, int port, int controllerPort) {
    var settings = new HashMap<String, String>();
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", "1");
    settings.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put(
        "listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
    settings.put("log.dirs", folder.toAbsolutePath().toString());
    settings.put("auto.create.topics.enable", "false");
    settings.put("group.initial.rebalance.delay.ms", "0");
    settings.put("log.cleaner.dedupe.buffer.size", "8388608");
    // after SIGKILL the controller waits this long before the same node may register again
    settings.put("broker.session.timeout.ms", "2000");
    settings.put("broker.heartbeat.interval.ms", "500");
    // an ordinary laptop needs no more
    settings.put("num.network.threads", "2");
    settings.put("num.io.threads", "2");
    settings.put("background.threads", "2");
    for (String single : SINGLE_NODE) {
      settings.put(single, "1");
    }
    var properties = new Properties();
    properties.putAll(settings);
    return properties;
  }

  private static void format(Path folder) throws IOException {
    String at = folder.toAbsolutePath().toString();
    try {
      new Formatter()
          .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8))
          .setNodeId(1)
          .setClusterId(Uuid.randomUuid().toString())
          .setDirectories(new TreeSet<>(Set.of(at)))
          .setMetadataLogDirectory(at)
          .setControllerListenerName("CONTROLLER")
          .setUnstableFeatureVersionsEnabled(false)
          .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
          .run();
    } catch (IOException e) {
      throw e;
    } catch (Exception e) { // Formatter.run declares no less
      throw new IOException("Kafka's folder can't be formatted: " + folder, e);
    }
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }
}
