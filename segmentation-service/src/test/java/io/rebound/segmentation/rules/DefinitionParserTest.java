package io.rebound.segmentation.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rebound.events.EventJson;
import io.rebound.problems.InvalidRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DefinitionParserTest {

  private static Condition parse(String when) {
    return DefinitionParser.parse(EventJson.MAPPER.readTree(when), "when");
  }

  @Test
  void a_left_cart_is_read_as_written() {
    assertThat(
            parse(
                """
                {"all": [{"event": "AddToCart", "within": "24h"},
                         {"not": {"event": "Purchase", "within": "1d"}}]}
                """))
        .isEqualTo(
            new Condition.All(
                List.of(
                    new Condition.Did("AddToCart", Duration.ofDays(1), null, null, Map.of()),
                    new Condition.Not(
                        new Condition.Did("Purchase", Duration.ofDays(1), null, null, Map.of())))));
  }

  @Test
  void scores_and_labels_are_read_as_written() {
    assertThat(parse("{\"rfm\": {\"r\": [4, 5], \"label\": [\"champions\"]}}"))
        .isEqualTo(new Condition.Rfm(Set.of(4, 5), Set.of(), Set.of(), Set.of("champions")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"champions", "at-risk", "cart-abandoners"})
  void every_sample_can_be_read(String name) throws IOException {
    String sample = Files.readString(Path.of("../samples/segments/" + name + ".json"));
    assertThat(DefinitionParser.parse(EventJson.MAPPER.readTree(sample).get("when"), "when"))
        .isNotNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          null                                                        | when | must be given
          []                                                          | when | must be an object
          {}                                                          | when | must have exactly one of all, any, not, event, rfm, segment
          {"event": "A", "rfm": {"r": [1]}}                           | when | must have exactly one of all, any, not, event, rfm, segment
          {"all": []}                                                 | when.all | must be a list with at least one element
          {"any": [{"event": 5}]}                                     | when.any[0].event | must be a text
          {"not": {"event": "A", "within": "tomorrow"}}               | when.not.within | must be a time such as 30m, 24h, 7d or 2w
          {"event": "A", "within": "99999d"}                          | when.within | must not be longer than 3650d
          {"event": "A", "count": {}}                                 | when.count | must have gte or lte
          {"event": "A", "count": {"gte": "2"}}                       | when.count.gte | must be a number
          {"event": "A", "count": {"gte": 3, "lte": 2}}               | when.count | must have a gte that is not greater than its lte
          {"event": "A", "sum": {"gte": 1}}                           | when.sum.of | must be a text
          {"event": "A", "where": {"color": {"like": "x"}}}           | when.where.color.like | is not known here; known are contains, gte, in, lte
          {"event": "A", "where": {"color": null}}                    | when.where.color | must be a text, a number, true or false
          {"event": "A", "since": "1d"}                               | when.since | is not known here; known are count, event, sum, where, within
          {"rfm": {}}                                                 | when.rfm | must have at least one of r, f, m, label
          {"rfm": {"r": [0]}}                                         | when.rfm.r[0] | must be a whole number from 1 to 5
          {"rfm": {"label": ["vip"]}}                                 | when.rfm.label[0] | must be one of the labels, for instance champions or at_risk
          {"sequence": {"steps": []}}                                 | when.sequence | is not supported yet
          {"propensity": {"gte": 0.5}}                                | when.propensity | is not supported yet
          {"all": [{"profile": {}}]}                                  | when.all[0].profile | is not supported yet
          {"channel": "whatsapp"}                                     | when.channel | is not supported yet
          """)
  void whatIsNoConditionIsRefusedByItsField(String when, String field, String reason) {
    InvalidRequest refusal = catchThrowableOfType(InvalidRequest.class, () -> parse(when));
    assertThat(refusal.field()).isEqualTo(field);
    assertThat(refusal.reason()).isEqualTo(reason);
  }

  @Test
  void nesting_and_size_have_limits() {
    String deep = "{\"not\": ".repeat(8) + "{\"event\": \"A\"}" + "}".repeat(8);
    assertThat(catchThrowableOfType(InvalidRequest.class, () -> parse(deep)).reason())
        .isEqualTo("must not be nested deeper than 8");
    String wide =
        "{\"all\": [{\"any\": ["
            + "{\"event\": \"A\"},".repeat(60)
            + "{\"event\": \"A\"}]},"
            + "{\"any\": ["
            + "{\"event\": \"A\"},".repeat(60)
            + "{\"event\": \"A\"}]}]}";
    assertThat(catchThrowableOfType(InvalidRequest.class, () -> parse(wide)).reason())
        .isEqualTo("is more than 100 conditions in one definition");
  }

  @Test
  void a_number_that_a_double_cannot_hold_is_refused_by_its_field() {
    JsonNode when = JsonMapper.shared().readTree("{\"event\": \"A\", \"count\": {\"gte\": 1e999}}");

    InvalidRequest refusal =
        catchThrowableOfType(InvalidRequest.class, () -> DefinitionParser.parse(when, "when"));

    assertThat(refusal.field()).isEqualTo("when.count.gte");
    assertThat(refusal.reason()).isEqualTo("must be a number");
  }
}
