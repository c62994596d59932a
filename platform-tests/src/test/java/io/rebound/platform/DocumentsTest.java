package io.rebound.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What documents say about the repository is true. */
class DocumentsTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)\\s]+)\\)");

  @Test
  void links_between_documents_lead_somewhere() throws IOException {
    var broken = new ArrayList<String>();
    for (Path document : documents()) {
      Matcher link = LINK.matcher(Files.readString(document));
      while (link.find()) {
        String target = link.group(1).replaceFirst("#.*", "");
        boolean elsewhere = target.isEmpty() || target.matches("[a-z]+:.*");
        if (!elsewhere && !Files.exists(document.resolveSibling(target).normalize())) {
          broken.add(ROOT.relativize(document) + " -> " + target);
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void the_readme_names_the_eight_files_from_the_door_to_meta() throws IOException {
    String readme = Files.readString(ROOT.resolve("README.md"));
    assertThat(readme)
        .contains(
            "TrackingDoor",
            "EventIntake",
            "EventPublisher",
            "TransactionalConsumer",
            "ResolvePersons",
            "QueueConversions",
            "ConversionsSender",
            "GraphClient");
  }

  @Test
  void every_module_has_a_readme_of_its_own_and_its_place_in_the_architecture() throws IOException {
    String architecture = Files.readString(ROOT.resolve("docs/architecture.md"));
    Matcher module =
        Pattern.compile("<module>([^<]+)</module>")
            .matcher(Files.readString(ROOT.resolve("pom.xml")));
    while (module.find()) {
      assertThat(architecture).contains('`' + module.group(1) + '`');
      assertThat(ROOT.resolve(module.group(1)).resolve("README.md")).exists();
    }
  }

  @Test
  void the_command_line_explains_every_command() throws Exception {
    Process help =
        new ProcessBuilder(ROOT.resolve("rebound").toString()).redirectErrorStream(true).start();
    String text = new String(help.getInputStream().readAllBytes());

    assertThat(help.waitFor()).isZero();
    assertThat(text).contains("up ", "demo ", "bench ", "--fresh");
  }

  private static List<Path> documents() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .filter(file -> file.toString().endsWith(".md"))
          .filter(file -> !file.toString().contains("/target/"))
          .filter(file -> !file.toString().contains("/.rebound/"))
          .toList();
    }
  }
}
