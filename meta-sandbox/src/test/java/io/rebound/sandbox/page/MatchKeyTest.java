package io.rebound.sandbox.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ranks by Meta's help page about event match quality; the numbers are ours. */
class MatchKeyTest {
  @ParameterizedTest
  @CsvSource({
    "'', 0",
    "client_user_agent, 0.5",
    "em, 3",
    "em fbc, 6",
    "ph external_id, 3",
    "fn ln ct zp, 2",
    "unknown, 0",
    "em fbc ph external_id fbp fb_login_id db country, 10"
  })
  void keys_of_more_weight_make_a_better_match(String keys, double quality) {
    assertThat(MatchKey.quality(Set.of(keys.split(" ")))).isEqualTo(quality);
  }

  @Test
  void many_events_are_as_good_as_their_mean() {
    assertThat(MatchKey.quality(List.of(Set.of("em"), Set.of()))).isEqualTo(1.5);
    assertThat(MatchKey.quality(List.<Set<String>>of())).isZero();
  }
}
