package io.rebound.sandbox.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.sandbox.Caller;
import io.rebound.sandbox.Sandboxes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageTest {
  private final Caller caller = Sandboxes.fresh();
  private final Shop shop = new Shop(caller);
  private Caller anybody = caller;

  @BeforeEach
  void without_a_token() {
    anybody = caller.withToken(null);
  }

  @Test
  void the_page_is_served_without_a_token_and_loads_nothing_from_elsewhere() {
    Caller.Reply page = anybody.get("/");

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Content-Type")).startsWith("text/html");
    assertThat(page.header("Content-Security-Policy"))
        .contains("default-src 'none'", "script-src 'self'", "style-src 'self'")
        .doesNotContain("unsafe");
    assertThat(page.text())
        .contains("<title>Meta sandbox</title>")
        .doesNotContain("http://", "https://", "<!--", " style=", " onclick=");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"htmx.min.js", "sse.js", "page.js", "page.css", "icon.svg", "picture.svg"})
  void its_files_come_from_the_sandbox_itself(String file) {
    Caller.Reply found = anybody.get("/assets/" + file);

    assertThat(found.status()).isEqualTo(200);
    assertThat(found.header("Content-Type")).containsAnyOf("javascript", "css", "svg");
  }

  @Test
  void nothing_but_the_pages_files_is_served() {
    assertThat(anybody.get("/assets/sandbox.yml").status()).isEqualTo(404);
    assertThat(anybody.get("/assets/..%2fsandbox.yml").status()).isNotEqualTo(200);
    assertThat(
            anybody.get("/webjars/htmx.org/2.0.10/dist/htmx.min.js").error().path("code").asInt())
        .as("still the Graph API's path")
        .isEqualTo(2500);
  }

  @Test
  void an_event_is_shown_with_the_names_of_its_match_keys_and_none_of_their_values() {
    shop.sells("order-1");

    String page = anybody.get("/").text();

    assertThat(page)
        .contains("Purchase", "order-1", "49.9 EUR", "<li>Email</li>", "<li>IP address</li>")
        .doesNotContain(Sandboxes.sha256(Shop.EMAIL), "203.0.113.7", "Mozilla/5.0");
    // 3 for the address, 0.5 each for two keys of little weight
    assertThat(page).contains("<strong>4.0</strong> of 10", "Meta advises 6 or more");
  }

  @Test
  void what_comes_from_outside_is_text_and_never_markup() {
    shop.offers("S-1", "<script>alert(1)</script><!--items-->", "29.90 EUR");
    shop.hears("+4915112345678", "<img src=x onerror=alert(1)>");

    assertThat(anybody.get("/").text())
        .contains("&lt;script&gt;alert(1)", "&lt;img src=x onerror=alert(1)&gt;")
        .doesNotContain("<script>alert", "<img src=x");
  }

  @Test
  void members_are_shown_page_by_page_as_hashes() {
    String audience = shop.audience("Cart abandoners", 12);
    assertThat(anybody.get("/").text()).contains("Cart abandoners", "too small");

    String first = anybody.get("/_sandbox/page/members/" + audience).text();
    String next = first.replaceFirst("(?s).*hx-get=\"([^\"]*after=EMAIL[^\"]*)\".*", "$1");
    String second = anybody.get(next).text();

    assertThat(first).contains("10 people on this page", "Next page");
    assertThat(second).contains("2 people on this page", "First page").doesNotContain("Next page");
    assertThat(first + second).contains(Sandboxes.sha256("p0"), Sandboxes.sha256("p11"));
    assertThat(anybody.get("/_sandbox/page/members/1").status()).isEqualTo(404);
  }

  @Test
  void the_catalogue_is_a_shop_window_with_pages() {
    for (int i = 10; i < 23; i++) {
      shop.offers("S-" + i, "Shirt " + i, "29.90 EUR");
    }

    String page = anybody.get("/").text();

    assertThat(page).contains("13 items", "Shirt 10", "29.90 EUR", "in stock", "Next page");
    assertThat(page).contains("src=\"https://shop.invalid/1.jpg\"").doesNotContain("Shirt 22");
    assertThat(anybody.get("/_sandbox/page/items?after=S-21").text()).contains("Shirt 22");
  }
}
