package io.rebound.sandbox.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rebound.sandbox.Caller;
import io.rebound.sandbox.Sandboxes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page as a browser shows it, with its scripts and its stream. */
class PageInBrowserTest {
  private static final Caller CALLER = Sandboxes.fresh();
  private static Browser browser;

  private final Caller caller = Sandboxes.fresh();
  private final Shop shop = new Shop(caller);

  @BeforeAll
  static void open() {
    Optional<Path> chromium = Browser.installed();
    Assumptions.assumeTrue(
        chromium.isPresent(), "no Chromium is installed, so nobody looks at the page as people do");
    browser = Browser.open(chromium.get(), CALLER.base());
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void load() {
    browser.run("window.old = true"); // or the page from before might be taken for the new one
    browser.run("location.reload()");
    soon().until(() -> browser.run("!window.old && live.textContent").equals("live"));
  }

  @Test
  void an_event_appears_while_one_looks() {
    shop.sells("order-1");

    soon().until(() -> browser.text("[sse-swap=events]").contains("order-1"));
    assertThat(browser.text("[sse-swap=numbers]")).containsPattern("received\\s+1");
    assertThat(browser.text("[sse-swap=said]"))
        .isEqualTo("1 event received, the latest is Purchase");
  }

  @Test
  void a_paused_page_stands_still_until_it_goes_on() {
    browser.click("#pause");

    browser.run(
        "window.addEventListener('htmx:sseBeforeMessage', e => document.title += e.detail.type)");
    shop.sells("order-1");
    soon().until(() -> browser.run("document.title").contains("events"));
    assertThat(browser.text("#live")).isEqualTo("paused");
    assertThat(browser.text("[sse-swap=events]")).doesNotContain("order-1");

    browser.click("#pause");
    soon().until(() -> browser.text("[sse-swap=events]").contains("order-1"));
  }

  @Test
  void one_can_answer_as_the_customer() {
    shop.hears("+4915112345678", "Is it blue?");
    soon().until(() -> browser.text("#bubbles").contains("Is it blue?"));

    browser.run("document.getElementById('answer').value = 'And size M?'");
    browser.click("#conversation form button");

    soon().until(() -> browser.text("#bubbles").contains("And size M?"));
    assertThat(caller.get("/_sandbox/whatsapp/messages").text()).contains("And size M?");
    assertThat(browser.run("document.getElementById('answer').value")).isEmpty();
  }

  @Test
  void a_new_message_leaves_alone_what_one_is_writing() {
    shop.hears("+4915112345678", "Is it blue?");
    soon().until(() -> browser.text("#bubbles").contains("Is it blue?"));
    browser.run("document.getElementById('answer').value = 'half a sen'");
    browser.run("document.getElementById('answer').focus()");

    shop.hears("+4915112345678", "Hello?");

    soon().until(() -> browser.text("#bubbles").contains("Hello?"));
    assertThat(browser.run("document.activeElement.value")).isEqualTo("half a sen");
  }

  @Test
  void a_fault_is_switched_on_and_off() {
    browser.run(
        "[...document.querySelectorAll('.switches button')].find(b => b.innerText === 'Meta is down').click()");
    soon().until(() -> caller.get("/v26.0/me").status() == 503);
    soon().until(() -> browser.text("[sse-swap=faults]").contains("answers 503"));

    browser.click(".switches .main");
    soon().until(() -> caller.get("/v26.0/me").status() == 200);
    soon().until(() -> browser.text("[sse-swap=faults]").contains("No fault is switched on"));
    assertThat(browser.text("[sse-swap=calls]")).contains("503", "/v26.0/me");
  }

  @Test
  void members_are_a_click_away() {
    String audience = shop.audience("Cart abandoners", 120);
    soon().until(() -> browser.text("[sse-swap=audiences]").contains("ready"));

    browser.click("#members-of-" + audience);

    soon().until(() -> browser.text("#members").contains("Members of Cart abandoners"));
    assertThat(browser.run("document.activeElement.innerText")).startsWith("Members of");
    assertThat(browser.run("document.querySelectorAll('.chart .line').length")).isEqualTo("1");
  }

  @Test
  void a_price_changes_while_one_looks_and_a_missing_picture_is_a_placeholder() {
    shop.offers("S-1", "Trail shirt", "29.90 EUR");
    soon().until(() -> browser.text("#items").contains("29.90 EUR"));

    shop.offers("S-1", "Trail shirt", "24.90 EUR");

    soon().until(() -> browser.text("#items").contains("24.90 EUR"));
    soon().until(() -> browser.run("document.querySelector('.picture img').hidden").equals("true"));
    assertThat(browser.run("getComputedStyle(document.querySelector('.picture')).backgroundImage"))
        .contains("picture.svg");
  }

  @Test
  void the_clock_is_moved_from_the_page() {
    browser.click("[data-clock='86400']");

    soon()
        .until(
            () -> caller.get("/_sandbox/clock").json().path("offset_seconds").asLong() == 86_400);
    soon().until(() -> browser.text(".clock").contains("moved by +1 d"));
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(15)).ignoreExceptions();
  }
}
