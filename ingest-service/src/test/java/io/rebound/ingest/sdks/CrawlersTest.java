package io.rebound.ingest.sdks;

import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.ingest.RunningIngest;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Crawlers and people told apart, against lists that others keep of both. */
class CrawlersTest {
  private static final JsonMapper JSON = JsonMapper.shared();
  private final RunningIngest ingest = RunningIngest.get();

  @BeforeAll
  static void install() {
    Node.install();
  }

  @Test
  void most_of_all_known_crawlers_are_left_out() throws Exception {
    List<String> crawlers = new ArrayList<>();
    read("crawler-user-agents/crawler-user-agents.json")
        .forEach(
            crawler -> crawler.path("instances").forEach(one -> crawlers.add(one.stringValue())));

    assertThat(crawlers).hasSizeGreaterThan(2000);
    assertThat(accepted(crawlers)).isLessThan(crawlers.size() * 15 / 100);
  }

  @Test
  void the_browsers_that_people_use_most_are_all_taken() throws Exception {
    List<String> browsers =
        read("top-user-agents/src/index.json").valueStream().map(JsonNode::stringValue).toList();

    assertThat(accepted(browsers)).isEqualTo(browsers.size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Mozilla/5.0 (Linux; Android 12; CUBOT NOTE 20) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36",
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 [FBAN/FBIOS;FBAV/480.0.0.30.98;FBBV/1]",
        "Mozilla/5.0 (Linux; Android 14; SM-S911B) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36 Instagram 354.0.0.0",
        "Mozilla/4.0 (compatible; MSIE 8.0; Windows NT 6.1)",
        "analytics-kotlin/1.19.1"
      })
  void people_in_apps_and_on_odd_telephones_are_people(String userAgent) {
    assertThat(accepted(List.of(userAgent))).isEqualTo(1);
  }

  private int accepted(List<String> userAgents) {
    int accepted = 0;
    for (int from = 0; from < userAgents.size(); from += 500) {
      List<Map<String, Object>> batch =
          userAgents.subList(from, Math.min(from + 500, userAgents.size())).stream()
              .map(userAgent ->
                  Map.<String, Object>of(
                      "type", "track",
                      "event", "Looked",
                      "anonymousId", "a",
                      "context", Map.of("userAgent", userAgent)))
              .toList();
      accepted += ingest.accepted(JSON.writeValueAsString(Map.of("batch", batch)));
    }
    return accepted;
  }

  private static JsonNode read(String list) throws Exception {
    return JSON.readTree(Files.readString(Node.FOLDER.resolve("node_modules").resolve(list)));
  }
}
