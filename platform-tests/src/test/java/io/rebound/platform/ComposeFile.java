package io.rebound.platform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.Yaml;

/** What {@code docker-compose.yml} says of the containers that are ours. */
final class ComposeFile {
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)(?::\\?[^}]*)?}");

  private final Map<String, Map<String, Object>> services;

  private ComposeFile(Map<String, Map<String, Object>> services) {
    this.services = services;
  }

  /**
   * A container of ours.
   *
   * @param module the folder of its module
   * @param port the port it listens at inside, and outside on the loopback interface
   * @param environment as it stands there, variables and all
   */
  record Service(
      String name,
      String module,
      int port,
      List<String> secrets,
      Map<String, String> environment) {}

  @SuppressWarnings("unchecked")
  static ComposeFile read() throws IOException {
    Map<String, Object> file =
        new Yaml().load(Files.readString(ROOT.resolve("docker-compose.yml")));
    return new ComposeFile((Map<String, Map<String, Object>>) file.get("services"));
  }

  /** Those that are built here, in the order of the file. */
  List<Service> ours() {
    return services.entrySet().stream()
        .filter(service -> service.getValue().containsKey("build"))
        .map(service -> service(service.getKey(), service.getValue()))
        .toList();
  }

  List<String> names() {
    return List.copyOf(services.keySet());
  }

  @SuppressWarnings("unchecked")
  Map<String, String> environment(String service) {
    var all = (Map<String, Object>) services.get(service).getOrDefault("environment", Map.of());
    return all.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                entry -> String.valueOf(entry.getValue()),
                (one, _) -> one,
                TreeMap::new));
  }

  @SuppressWarnings("unchecked")
  private Service service(String name, Map<String, Object> told) {
    var build = (Map<String, Map<String, String>>) told.get("build");
    var published = (List<String>) told.get("ports");
    String[] port = published.getFirst().split(":");
    return new Service(
        name,
        build.get("args").get("MODULE"),
        Integer.parseInt(port[port.length - 1]),
        (List<String>) told.getOrDefault("secrets", List.of()),
        environment(name));
  }

  /** The names of the variables that a text asks the {@code .env} for. */
  static List<String> variables(String text) {
    return VARIABLE.matcher(text).results().map(found -> found.group(1)).toList();
  }

  /** The text with its variables' values. */
  static String filled(String text, Map<String, String> values) {
    return VARIABLE
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(values.get(found.group(1))));
  }
}
