package io.rebound.sandbox.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.sandbox.Caller;
import io.rebound.sandbox.Sandboxes;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SizesOverTimeTest {
  private static final Pattern LINE = Pattern.compile("class=\"line c1\" d=\"([^\"]*)\"");

  private final Caller caller = Sandboxes.fresh();
  private final Shop shop = new Shop(caller);

  @Test
  void a_size_holds_until_it_changes() {
    String audience = shop.audience("Viewers", 5);
    assertThat(heights()).hasSize(1);

    clock(3_600);
    shop.upload(audience, 10);

    List<Double> heights = heights();
    assertThat(heights).hasSize(2);
    assertThat(heights.getLast()).as("upwards is less in a picture").isLessThan(heights.getFirst());
  }

  @Test
  void nothing_new_changes_no_line() {
    shop.audience("Viewers", 5);
    List<Double> before = heights();

    clock(3_600);

    assertThat(heights()).isEqualTo(before);
  }

  @Test
  void a_clock_moved_back_takes_back_what_was_later() {
    String audience = shop.audience("Viewers", 5);
    assertThat(heights()).hasSize(1);
    clock(3_600);
    shop.upload(audience, 10);
    assertThat(heights()).hasSize(2);

    clock(0);

    assertThat(heights()).as("five at first, ten since now").hasSize(2);
  }

  @Test
  void a_long_history_is_told_with_fewer_points_and_not_cut_off() {
    String audience = shop.audience("Viewers", 1);
    List<Double> first = heights();
    for (int members = 2; members <= 260; members++) {
      clock(members * 600);
      shop.upload(audience, members);
      heights();
    }

    List<Double> heights = heights();

    assertThat(first).hasSize(1);
    assertThat(heights).hasSizeBetween(120, 240);
    assertThat(heights.getFirst()).as("from one member on").isGreaterThan(180);
  }

  private void clock(int seconds) {
    caller.put("/_sandbox/clock", "{\"offset_seconds\": " + seconds + "}");
  }

  /** Where the line of the only audience goes vertically. */
  private List<Double> heights() {
    Matcher line = LINE.matcher(caller.get("/").text());
    assertThat(line.find()).isTrue();
    return Pattern.compile("V([0-9.]+)")
        .matcher(line.group(1))
        .results()
        .map(found -> Double.valueOf(found.group(1)))
        .toList();
  }
}
