package io.rebound.segmentation.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.events.EventJson;
import io.rebound.segmentation.rfm.Scores;
import io.rebound.segmentation.rules.Facts.Happening;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluationTest {
  private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");

  private static Verdict judge(String when, Facts facts) {
    return judge(when, facts, NOW);
  }

  private static Verdict judge(String when, Facts facts, Instant now) {
    Condition condition = DefinitionParser.parse(EventJson.MAPPER.readTree(when), "when");
    return new Evaluation(Map.of(), facts, now).of(condition);
  }

  /** Events of one name, so many hours ago each. */
  private static Facts events(String name, Integer... hoursAgo) {
    List<Happening> happenings =
        Arrays.stream(hoursAgo)
            .map(hours -> new Happening(ago(hours), new BigDecimal("10.50"), Map.of()))
            .sorted(Comparator.comparing(Happening::at).reversed())
            .toList();
    return new Facts(Map.of(name, happenings), null);
  }

  private static Instant ago(int hours) {
    return NOW.minus(Duration.ofHours(hours));
  }

  @Test
  void within_a_day_ends_when_the_day_is_over() {
    String when = "{\"event\": \"AddToCart\", \"within\": \"24h\"}";
    Facts facts = events("AddToCart", 30, 5, 20);
    Verdict now = judge(when, facts);
    assertThat(now).isEqualTo(new Verdict(true, NOW.plus(Duration.ofHours(19))));
    Instant end = NOW.plus(Duration.ofHours(19));
    assertThat(judge(when, facts, end.minusNanos(1)).member()).isTrue();
    assertThat(judge(when, facts, end)).isEqualTo(Verdict.forEver(false));
  }

  @Test
  void not_within_a_day_begins_when_the_day_is_over() {
    Verdict verdict =
        judge("{\"not\": {\"event\": \"Purchase\", \"within\": \"24h\"}}", events("Purchase", 4));
    assertThat(verdict).isEqualTo(new Verdict(false, NOW.plus(Duration.ofHours(20))));
  }

  @Test
  void ever_has_no_end() {
    assertThat(judge("{\"event\": \"Lead\"}", events("Lead", 90_000)))
        .isEqualTo(Verdict.forEver(true));
    assertThat(judge("{\"event\": \"Lead\"}", events("Search", 1)))
        .isEqualTo(Verdict.forEver(false));
  }

  @Test
  void at_least_twice_ends_with_the_second_newest() {
    Verdict verdict =
        judge(
            "{\"event\": \"Search\", \"within\": \"24h\", \"count\": {\"gte\": 2}}",
            events("Search", 1, 10, 23));
    assertThat(verdict).isEqualTo(new Verdict(true, NOW.plus(Duration.ofHours(14))));
  }

  @Test
  void at_most_once_begins_when_the_second_newest_is_over() {
    Verdict verdict =
        judge(
            "{\"event\": \"Search\", \"within\": \"24h\", \"count\": {\"lte\": 1}}",
            events("Search", 1, 10, 23));
    assertThat(verdict).isEqualTo(new Verdict(false, NOW.plus(Duration.ofHours(14))));
  }

  @ParameterizedTest
  @CsvSource({"31.50,true", "31.51,false"})
  void a_sum_is_exact_and_may_change_with_the_oldest(String atLeast, boolean member) {
    Verdict verdict =
        judge(
            "{\"event\": \"Purchase\", \"within\": \"7d\", \"sum\": {\"of\": \"value\", \"gte\": %s}}"
                .formatted(atLeast),
            events("Purchase", 1, 48, 96));
    assertThat(verdict).isEqualTo(new Verdict(member, NOW.plus(Duration.ofDays(3))));
  }

  @Test
  void of_all_parts_a_failing_one_says_how_long() {
    Facts facts =
        new Facts(
            Map.of(
                "AddToCart", List.of(new Happening(ago(1), null, Map.of())),
                "Purchase", List.of(new Happening(ago(2), null, Map.of()))),
            null);
    Verdict verdict =
        judge(
            """
            {"all": [{"event": "AddToCart", "within": "24h"},
                     {"not": {"event": "Purchase", "within": "24h"}}]}
            """,
            facts);
    assertThat(verdict).isEqualTo(new Verdict(false, NOW.plus(Duration.ofHours(22))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {"category": "shoes"}                         | true
          {"category": "hats"}                          | false
          {"category": {"in": ["hats", "shoes"]}}       | true
          {"category": {"contains": "hoe"}}             | true
          {"content_ids": {"contains": "sku-2"}}        | true
          {"content_ids": {"contains": "sku"}}          | false
          {"value": {"gte": 10, "lte": 20}}             | true
          {"value": 12.5}                               | true
          {"value": {"gte": 13}}                        | false
          {"gift": true}                                | true
          {"gift": "true"}                              | false
          {"missing": {"lte": 1}}                       | false
          {"num_items": {"gte": 2, "in": [2, 3]}}       | true
          """)
  void propertiesAreComparedByValue(String where, boolean member) {
    Map<String, Object> properties =
        Map.of(
            "category",
            "shoes",
            "content_ids",
            List.of("sku-1", "sku-2"),
            "gift",
            true,
            "num_items",
            2);
    var facts =
        new Facts(
            Map.of("Purchase", List.of(new Happening(ago(1), new BigDecimal("12.50"), properties))),
            null);
    assertThat(judge("{\"event\": \"Purchase\", \"where\": %s}".formatted(where), facts).member())
        .isEqualTo(member);
  }

  @Test
  void scores_count_only_for_customers() {
    String when = "{\"rfm\": {\"r\": [1, 2], \"f\": [4, 5]}}";
    assertThat(judge(when, new Facts(Map.of(), new Scores(2, 4, 1))).member()).isTrue();
    assertThat(judge(when, new Facts(Map.of(), new Scores(3, 4, 1))).member()).isFalse();
    assertThat(judge(when, new Facts(Map.of(), null)).member()).isFalse();
    assertThat(
            judge(
                    "{\"rfm\": {\"label\": [\"champions\"]}}",
                    new Facts(Map.of(), new Scores(5, 5, 4)))
                .member())
        .isTrue();
  }

  @Test
  void a_segment_is_judged_by_its_own_rule() {
    Condition carts =
        DefinitionParser.parse(
            EventJson.MAPPER.readTree("{\"event\": \"AddToCart\", \"within\": \"24h\"}"), "when");
    Condition rule =
        DefinitionParser.parse(
            EventJson.MAPPER.readTree("{\"not\": {\"segment\": \"carts\"}}"), "when");
    Verdict verdict = new Evaluation(Map.of("carts", carts), events("AddToCart", 1), NOW).of(rule);
    assertThat(verdict).isEqualTo(new Verdict(false, NOW.plus(Duration.ofHours(23))));
  }
}
