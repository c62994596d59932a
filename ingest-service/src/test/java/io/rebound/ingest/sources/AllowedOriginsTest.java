package io.rebound.ingest.sources;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedOriginsTest {

  @ParameterizedTest(name = "{0} {1}: {2}")
  @CsvSource({
    "https://shop.example, https://shop.example, true",
    "https://Shop.Example, https://shop.example, true",
    "https://shop.example, http://shop.example, false",
    "https://shop.example, https://shop.example:8443, false",
    "https://shop.example:8443, https://shop.example:8443, true",
    "https://shop.example, https://www.shop.example, false",
    "https://shop.example, https://shop.example.evil.example, false",
    "https://shop.example, null, false",
    "https://*.shop.example, https://www.shop.example, true",
    "https://*.shop.example, https://de.www.shop.example, true",
    "https://*.shop.example, https://shop.example, false",
    "https://*.shop.example, https://.shop.example, false",
    "https://*.shop.example, https://evilshop.example, false",
    "https://*.shop.example, http://www.shop.example, false",
    "https://*.shop.example, https://www.shop.example.evil.example, false",
    "https://*.shop.example, https://www.shop.example:8443, false",
    "https://*.shop.example:8443, https://www.shop.example:8443, true"
  })
  void a_page_may_send_if_its_origin_is_listed(String listed, String origin, boolean allowed) {
    assertThat(new AllowedOrigins(List.of(listed)).allow(origin)).isEqualTo(allowed);
  }

  @Test
  void without_a_list_and_without_an_origin_all_may_send() {
    assertThat(new AllowedOrigins(List.of()).allow("https://anywhere.example")).isTrue();
    assertThat(new AllowedOrigins(List.of("https://shop.example")).allow(null)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "shop.example",
        "ftp://shop.example",
        "https://shop.example/",
        "https://*",
        "*",
        "https://*.*.example",
        "https://www.*.example",
        "https://user@shop.example",
        "https://shop.example:",
        "null"
      })
  void what_no_browser_states_is_no_origin(String text) {
    assertThat(AllowedOrigins.isOne(text)).isFalse();
  }
}
