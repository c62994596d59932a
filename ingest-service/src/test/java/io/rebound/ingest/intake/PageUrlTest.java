package io.rebound.ingest.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageUrlTest {
  // RFC 3986, 3.1, and an authority behind it
  private static final Pattern BEGINNING = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]{0,30}://.*");
  private static final String SIGNS = "aZ0+.-:/ _\u00e9";

  @ParameterizedTest
  @CsvSource({
    "https://shop.example/p/1?color=red#top, https://shop.example/p/1",
    "HTTPS://shop.example/, https://shop.example/",
    "https://ada@shop.example/p, https://shop.example/p",
    "https://shop.example/p?utm_source=mail&email=a%40b.example, https://shop.example/p?utm_source=mail",
    "app+shop://cart, app+shop://cart",
    "https://shop.example/a@b.example/p, https://shop.example/***/p",
  })
  void of_an_address_only_what_may_travel_in_clear_stays(String raw, String clean) {
    assertThat(PageUrl.clean(raw, Set.of("utm_source"))).isEqualTo(clean);
  }

  @Test
  void an_address_begins_as_the_pattern_says() {
    var random = new SplittableRandom(7);
    int addresses = 0;
    for (int round = 0; round < 50_000; round++) {
      var raw = new StringBuilder("ht.p+s://shop");
      for (int times = random.nextInt(3); times > 0; times--) {
        int at = random.nextInt(raw.length());
        raw.replace(at, at + random.nextInt(2), SIGNS.charAt(random.nextInt(SIGNS.length())) + "");
      }
      boolean expected = BEGINNING.matcher(raw).matches() && raw.indexOf(" ") < 0;
      addresses += expected ? 1 : 0;

      assertThat(PageUrl.clean(raw.toString(), Set.of()) != null).as("%s", raw).isEqualTo(expected);
    }
    assertThat(addresses).isBetween(10_000, 45_000);
    assertThat(PageUrl.clean("a".repeat(31) + "://x", Set.of())).isNotNull();
    assertThat(PageUrl.clean("a".repeat(32) + "://x", Set.of())).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "https://shop.example/?fbclid=IwAR1#x, IwAR1",
    "fbclid=IwAR1&x=1, IwAR1",
    "?x=1&fbclid=IwAR1, IwAR1",
    "?fbclid=&fbclid=IwAR1, IwAR1",
    "?xfbclid=1&fbclidx=2&fbclid,",
    "https://shop.example/#fbclid=1,",
  })
  void a_parameter_is_found_where_it_stands(String address, String value) {
    assertThat(PageUrl.parameter(address, "fbclid")).isEqualTo(value);
  }
}
