package io.rebound.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code docs/configuration.md} is what the code says of its settings. */
class ConfigurationDocumentTest {
  private static final Path DOCUMENT =
      Path.of("..").toAbsolutePath().normalize().resolve("docs/configuration.md");
  private static final Path MADE = Path.of("target/configuration.md");
  private static final String HEAD =
      """
      # Configuration

      Every setting of Rebound's own, made from the code (a test compares). Each is given in the service's `.yml`, as an
      environment variable (`REBOUND_KAFKA_BOOTSTRAPSERVERS`) or as an argument (`--rebound.kafka.bootstrap-servers=…`). Where
      there is no default, none can be guessed. `spring.datasource.*` names each service's database. The sandbox explains its
      settings in `meta-sandbox/src/main/resources/sandbox.yml`.
      """;

  @Test
  void the_document_names_every_setting_with_its_default_and_meaning() throws IOException {
    String made = HEAD + tables();
    Files.writeString(MADE, made);

    assertThat(Files.readString(DOCUMENT))
        .describedAs("docs/configuration.md differs from the code: copy %s there", MADE)
        .isEqualTo(made);
  }

  private static String tables() throws IOException {
    var text = new StringBuilder();
    settings()
        .forEach((group, settings) -> {
          text.append("\n## ")
              .append(group)
              .append("\n| setting | default | |\n| --- | --- | --- |\n");
          settings.values().forEach(text::append);
        });
    return text.toString();
  }

  /** Rows by setting, by what stands before the second dot. */
  private static Map<String, Map<String, String>> settings() throws IOException {
    var groups = new TreeMap<String, Map<String, String>>();
    for (URL metadata :
        Collections.list(
            ConfigurationDocumentTest.class
                .getClassLoader()
                .getResources("META-INF/spring-configuration-metadata.json"))) {
      try (InputStream in = metadata.openStream()) {
        for (JsonNode property : JsonMapper.shared().readTree(in).path("properties")) {
          String name = property.path("name").asString();
          if (name.startsWith("rebound.")) {
            String group = name.substring(0, name.indexOf('.', "rebound.".length()));
            groups.computeIfAbsent(group, _ -> new TreeMap<>()).put(name, row(name, property));
          }
        }
      }
    }
    return groups;
  }

  private static String row(String name, JsonNode property) {
    JsonNode value = property.path("defaultValue");
    String meaning =
        property
            .path("description")
            .asString("")
            .replaceAll("\\{@(?:code|link) ([^}]*)}", "`$1`")
            .replace("|", "\\|")
            .replace('\n', ' ');
    return "| `%s` | %s | %s |\n"
        .formatted(name, value.isMissingNode() ? "" : '`' + value.asString() + '`', meaning);
  }
}
