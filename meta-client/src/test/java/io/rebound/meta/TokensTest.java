package io.rebound.meta;

import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.meta.GraphClientTest.TestClock;
import io.rebound.meta.TokenSeal.Kept;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Tokens that are put, kept and watched. */
@ExtendWith(OutputCaptureExtension.class)
class TokensTest {
  private static final Token PUT = new Token("put-by-hand", "its-app-secret");

  private final TestClock clock = new TestClock();
  private final ScriptedMeta meta = new ScriptedMeta(clock);
  private final GraphClient client = meta.client();
  private final TokenWatch watch = new TokenWatch(client, meta.tokens, clock, meta.metrics);
  private final InMemory store = new InMemory();

  @AfterEach
  void close() {
    meta.close();
  }

  @Test
  void a_token_that_was_put_is_used_at_once_and_after_a_restart(CapturedOutput output) {
    new KeptTokens(meta.tokens, store, meta.properties()).put(Tokens.DEFAULT, PUT);
    assertThat(meta.tokens.current(Tokens.DEFAULT)).isEqualTo(PUT);

    var restarted = new RotatingTokens(clock);
    restarted.replace(Tokens.DEFAULT, new Token("tok"));
    new KeptTokens(restarted, store, meta.properties()).takeOver();

    assertThat(restarted.current(Tokens.DEFAULT)).isEqualTo(PUT);
    assertThat(output.getAll()).doesNotContain("put-by-hand", "its-app-secret");
  }

  @Test
  void what_is_stored_shows_nothing_and_opens_under_its_key_and_name_alone() {
    var seal = new TokenSeal("secret");
    var kept = new Kept(PUT, "over");
    String sealed = seal.seal("default", kept);

    assertThat(seal.open("default", sealed)).contains(kept);
    assertThat(seal.seal("default", kept)).isNotEqualTo(sealed);
    assertThat(seal.open("other", sealed)).isEmpty();
    assertThat(new TokenSeal("another").open("default", sealed)).isEmpty();
    assertThat(seal.open("default", "garbage")).isEmpty();
  }

  @Test
  void under_another_key_the_configured_token_stays_in_use(CapturedOutput output) {
    store.keep(Tokens.DEFAULT, new TokenSeal("another").seal(Tokens.DEFAULT, new Kept(PUT, "")));

    new KeptTokens(meta.tokens, store, meta.properties()).takeOver();

    assertThat(meta.tokens.current(Tokens.DEFAULT)).isEqualTo(new Token("tok"));
    assertThat(output.getAll()).contains("sealed under another key");
  }

  @Test
  void a_token_that_was_configured_later_goes_before_the_kept_one(CapturedOutput output) {
    new KeptTokens(meta.tokens, store, meta.properties()).put(Tokens.DEFAULT, PUT);

    var restarted = new RotatingTokens(clock);
    restarted.replace(Tokens.DEFAULT, new Token("configured-later"));
    new KeptTokens(restarted, store, meta.properties()).takeOver();

    assertThat(restarted.current(Tokens.DEFAULT)).isEqualTo(new Token("configured-later"));
    assertThat(output.getAll()).contains("put over").doesNotContain("configured-later");
  }

  @Test
  void a_token_comes_with_the_secret_of_its_app() {
    meta.answers(200, "{}");
    meta.tokens.replace(Tokens.DEFAULT, PUT);

    client.call(GraphCall.get(Endpoint.EVENTS, "1", "1"), answer -> answer);

    assertThat(meta.asked.getFirst().uri().getQuery())
        .isEqualTo("appsecret_proof=" + new AppSecretProof("its-app-secret").of(PUT));
  }

  @Test
  void a_token_is_asked_about_once_a_day_and_each_new_one_at_once(CapturedOutput output) {
    meta.answers(200, told(clock.instant().plus(Duration.ofDays(15))));
    watch.look();
    watch.look();
    assertThat(meta.asked).hasSize(1);
    assertThat(meta.asked.getFirst().uri().getPath()).isEqualTo("/v26.0/debug_token");
    assertThat(secondsLeft()).isEqualTo(Duration.ofDays(15).toSeconds());
    assertThat(output.getAll()).doesNotContain("ends soon");

    clock.movesOn(Duration.ofDays(2));
    watch.look();
    assertThat(meta.asked).hasSize(2);
    assertThat(secondsLeft()).isEqualTo(Duration.ofDays(13).toSeconds());
    assertThat(output.getAll()).containsOnlyOnce("ends soon");

    meta.nowAnswers(200, "{\"data\":{\"is_valid\":true,\"expires_at\":0}}");
    meta.tokens.replace(Tokens.DEFAULT, PUT);
    watch.look();
    assertThat(secondsLeft()).isInfinite();
    assertThat(output.getAll()).doesNotContain("put-by-hand");
  }

  @Test
  void a_token_that_is_dead_at_the_start_is_known_before_work_meets_it(CapturedOutput output) {
    meta.answers(401, ScriptedMeta.error(190, 460));

    watch.look();

    assertThat(client.ready(Endpoint.EVENTS, "1")).isFalse();
    assertThat(output.getAll()).contains("PUT /v1/tokens/{name}");
  }

  private static String told(Instant expiresAt) {
    return "{\"data\":{\"is_valid\":true,\"expires_at\":%d}}".formatted(expiresAt.getEpochSecond());
  }

  private double secondsLeft() {
    return meta.metrics.get("rebound.meta.token.expires.seconds").gauge().value();
  }

  private static final class InMemory implements TokenStore {
    private final Map<String, String> kept = new ConcurrentHashMap<>();

    @Override
    public Map<String, String> all() {
      return kept;
    }

    @Override
    public void keep(String name, String sealed) {
      kept.put(name, sealed);
    }
  }
}
