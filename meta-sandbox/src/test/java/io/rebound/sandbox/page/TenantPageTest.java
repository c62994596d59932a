package io.rebound.sandbox.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rebound.sandbox.Caller;
import io.rebound.sandbox.Sandboxes;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A tenant's page shows the tenant, and everything on it stays there. */
class TenantPageTest {
  private static final String TENANT = "/_sandbox/tenants/looked-at";

  private final Caller demo = Sandboxes.fresh();
  private final Caller below = new Caller(URI.create(demo.base() + "/_tenants/looked-at"));
  private Shop shop = new Shop(demo);

  @BeforeEach
  void with_a_tenant() {
    String token = demo.put(TENANT, "{}").json().path("token").asString();
    shop = new Shop(demo.withToken(token));
  }

  @AfterEach
  void without() {
    demo.delete(TENANT, null);
  }

  @Test
  void it_shows_the_tenants_state_and_links_to_nobody_elses() {
    shop.sells("order-1");

    String page = below.withToken(null).get("/").text();

    assertThat(page).contains("order-1", "tenant <b>looked-at</b>").doesNotContain("<!--");
    assertThat(page).contains("sse-connect=\"/_tenants/looked-at/_sandbox/page/updates\"");
    assertThat(page).contains("href=\"/_tenants/looked-at/_sandbox/events/stats\"");
    assertThat(page).doesNotContain("href=\"/_sandbox/", "sse-connect=\"/_sandbox/");
    assertThat(shop.caller().get("/").text()).as("asked for by token").isEqualTo(page);
    assertThat(demo.get("/").text()).doesNotContain("order-1", "tenant <b>", "/_tenants/");
    assertThat(below.get("/assets/page.js").status()).isEqualTo(200);
  }

  @Test
  void in_a_browser_it_steers_and_follows_the_tenant_only() {
    Optional<Path> chromium = Browser.installed();
    Assumptions.assumeTrue(chromium.isPresent(), "no Chromium is installed");
    try (Browser browser = Browser.open(chromium.get(), URI.create(below.base() + "/"))) {
      soon(() -> browser.run("live.textContent").equals("live"));
      shop.sells("order-1");
      soon(() -> browser.text("[sse-swap=events]").contains("order-1"));
      String audience = shop.audience("Cart abandoners", 3);
      soon(() -> browser.text("[sse-swap=audiences]").contains("Cart abandoners"));
      browser.click("#members-of-" + audience);
      soon(() -> browser.text("#members").contains("Members of Cart abandoners"));

      browser.click("[data-clock='86400']");
      soon(() -> offset(shop.caller()) == 86_400);
      browser.click(".switches [data-body*='503']");
      soon(() -> shop.caller().get("/v26.0/me").status() == 503);
    }
    assertThat(offset(demo)).isZero();
    assertThat(demo.get("/v26.0/me").status()).isEqualTo(200);
  }

  private static long offset(Caller caller) {
    return caller.get("/_sandbox/clock").json().path("offset_seconds").asLong();
  }

  private static void soon(Callable<Boolean> condition) {
    await().atMost(Duration.ofSeconds(15)).ignoreExceptions().until(condition);
  }
}
