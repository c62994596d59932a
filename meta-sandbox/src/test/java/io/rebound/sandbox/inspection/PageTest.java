package io.rebound.sandbox.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.sandbox.Caller;
import io.rebound.sandbox.Sandboxes;
import org.junit.jupiter.api.Test;

class PageTest {
  @Test
  void the_page_is_served_without_a_token_and_loads_nothing_from_elsewhere() {
    Caller.Reply page = Sandboxes.fresh().withToken(null).get("/");

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Content-Type")).startsWith("text/html");
    assertThat(page.header("Content-Security-Policy")).contains("default-src 'none'");
    assertThat(page.text())
        .contains("<title>Meta sandbox</title>")
        .doesNotContain("http://", "https://", "innerHTML");
  }

  @Test
  void everything_the_page_reads_answers_on_an_empty_sandbox() {
    Caller caller = Sandboxes.fresh().withToken(null);

    for (String path :
        new String[] {
          "/_sandbox/events/stats",
          "/_sandbox/events?newest=true&limit=20",
          "/_sandbox/audiences",
          "/_sandbox/whatsapp/messages?limit=200",
          "/_sandbox/catalogs",
          "/_sandbox/catalogs/3000000003/items?limit=12"
        }) {
      assertThat(caller.get(path).status()).as(path).isEqualTo(200);
    }
  }
}
