package io.rebound.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** The compose file asks for nothing that isn't there. */
class ComposeFileTest {
  private static final Pattern SETTINGS_PREFIX =
      Pattern.compile("@ConfigurationProperties\\(\"([\\w.-]+)\"\\)");

  @Test
  void every_service_of_the_platform_has_a_container_at_its_documented_port() throws IOException {
    for (ComposeFile.Service service : ComposeFile.read().ours()) {
      Path resources = ComposeFile.ROOT.resolve(service.module()).resolve("src/main/resources");
      String config = service.name() + ".yml";
      String text = Files.readString(resources.resolve(config));
      assertThat(text).as(config).containsPattern("(?s)server:.*?port: " + service.port());
    }
    assertThat(ComposeFile.read().ours())
        .extracting(ComposeFile.Service::name)
        .containsExactlyInAnyOrder(
            "ingest",
            "identity",
            "segmentation",
            "capi-sync",
            "catalog-feed",
            "whatsapp",
            "sandbox");
  }

  @Test
  void every_setting_of_ours_exists_in_the_code() throws IOException {
    var known = settings();
    for (ComposeFile.Service service : ComposeFile.read().ours()) {
      for (String name : service.environment().keySet()) {
        if (name.startsWith("REBOUND_") || name.startsWith("SANDBOX_")) {
          String property = name.toLowerCase(java.util.Locale.ROOT).replaceAll("_\\d+", "");
          assertThat(known).as(service.name() + " " + name).contains(property);
        }
      }
    }
  }

  @Test
  void every_variable_is_made_by_the_keys_command(@TempDir Path scratch) throws Exception {
    OwnSecrets secrets = OwnSecrets.make(scratch, new SameKeys(scratch.resolve("keys")));
    List<String> asked =
        ComposeFile.variables(Files.readString(ComposeFile.ROOT.resolve("docker-compose.yml")));

    assertThat(secrets.values().keySet()).containsAll(asked);
    assertThat(asked).containsAll(secrets.values().keySet());
  }

  @Test
  void every_secret_file_is_made_by_the_keys_command(@TempDir Path scratch) throws Exception {
    OwnSecrets secrets = OwnSecrets.make(scratch, new SameKeys(scratch.resolve("keys")));
    for (ComposeFile.Service service : ComposeFile.read().ours()) {
      for (String file : service.secrets()) {
        assertThat(secrets.keys().resolve(file)).exists();
        assertThat(service.environment().values()).contains("/run/secrets/" + file);
      }
    }
  }

  @Test
  void every_service_with_a_database_gets_one_of_its_own() throws IOException {
    String script;
    try (Stream<Path> files = Files.list(ComposeFile.ROOT.resolve("deploy/postgres"))) {
      script = Files.readString(files.findFirst().orElseThrow());
    }
    for (ComposeFile.Service service : ComposeFile.read().ours()) {
      String url = service.environment().get("SPRING_DATASOURCE_URL");
      if (url != null) {
        assertThat(url).isEqualTo("jdbc:postgresql://postgres/" + service.name());
        assertThat(script).contains("create " + service.name() + " ");
      }
    }
  }

  /** All settings as environment variables have them: relaxed binding drops dashes. */
  private static TreeSet<String> settings() throws IOException {
    var settings = new TreeSet<String>();
    try (Stream<Path> sources = Files.walk(ComposeFile.ROOT)) {
      for (Path source :
          (Iterable<Path>)
              sources
                      .filter(file -> file.toString().endsWith(".java"))
                      .filter(file -> file.toString().contains("/src/main/"))
                  ::iterator) {
        String text = Files.readString(source);
        Matcher prefix = SETTINGS_PREFIX.matcher(text);
        if (prefix.find()) {
          String start = environmentName(prefix.group(1));
          Matcher component = Pattern.compile("[\\s(](\\w+)\\s*[,)]").matcher(text);
          while (component.find()) {
            settings.add(start + "_" + environmentName(component.group(1)));
          }
          nested(text + neighbours(source, text), start, settings);
        }
      }
    }
    return settings;
  }

  // records within the properties: security.keys.name, sandbox.webhook.url
  private static void nested(String text, String start, TreeSet<String> settings) {
    var outer = new TreeSet<>(settings);
    Matcher component = Pattern.compile("[\\s(](\\w+)\\s*[,)]").matcher(text);
    while (component.find()) {
      String inner = environmentName(component.group(1));
      outer.stream()
          .filter(name -> name.startsWith(start + "_"))
          .forEach(name -> settings.add(name + "_" + inner));
    }
  }

  /** Records of files of their own that are parts of these settings. */
  private static String neighbours(Path source, String text) throws IOException {
    var found = new StringBuilder();
    Matcher part = Pattern.compile("[\\s(<]([A-Z]\\w+)>?\\s+\\w+\\s*[,)]").matcher(text);
    while (part.find()) {
      Path file = source.resolveSibling(part.group(1) + ".java");
      if (Files.exists(file)) {
        found.append(Files.readString(file));
      }
    }
    return found.toString();
  }

  private static String environmentName(String property) {
    return property.replace("-", "").replace('.', '_').toLowerCase(java.util.Locale.ROOT);
  }

  @Test
  void the_file_is_valid_yaml_with_the_servers_it_depends_on() throws IOException {
    Object whole =
        new Yaml().load(Files.readString(ComposeFile.ROOT.resolve("docker-compose.yml")));
    assertThat(whole).isNotNull();
    assertThat(ComposeFile.read().names()).contains("kafka", "postgres");
  }
}
