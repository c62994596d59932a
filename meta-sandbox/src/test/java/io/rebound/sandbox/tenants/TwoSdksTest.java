package io.rebound.sandbox.tenants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.facebook.ads.sdk.APIContext;
import com.facebook.ads.sdk.APIException;
import com.facebook.ads.sdk.AdAccount;
import com.facebook.ads.sdk.CustomAudience;
import com.facebook.ads.sdk.serverside.ActionSource;
import com.facebook.ads.sdk.serverside.Event;
import com.facebook.ads.sdk.serverside.EventRequest;
import com.facebook.ads.sdk.serverside.UserData;
import io.rebound.sandbox.MetaSandbox;
import io.rebound.sandbox.https.Trust;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Meta's own Java SDK twice, over HTTPS and with proofs: each for a tenant of its own. */
class TwoSdksTest {
  private static final SSLSocketFactory USUAL = HttpsURLConnection.getDefaultSSLSocketFactory();

  private static MetaSandbox sandbox;

  @BeforeAll
  static void start(@TempDir Path folder) {
    sandbox =
        MetaSandbox.start(
            Map.of(
                "server.port",
                0,
                "sandbox.proof-required",
                true,
                "sandbox.https.port",
                0,
                "sandbox.https.folder",
                folder.toString()));
    HttpsURLConnection.setDefaultSSLSocketFactory(
        Trust.in(sandbox.certificateAuthority()).getSocketFactory());
  }

  @AfterAll
  static void stop() {
    HttpsURLConnection.setDefaultSSLSocketFactory(USUAL);
    sandbox.close();
  }

  @Test
  void neither_sees_what_the_other_did() throws APIException {
    Suite one = Suite.of(sandbox, "one");
    Suite two = Suite.of(sandbox, "two");
    APIContext first = context(one, one.secret());
    APIContext second = context(two, two.secret());

    assertThat(events(first, "order-1", "order-2").execute().getEventsReceived()).isEqualTo(2);
    assertThat(events(second, "order-1").execute().getEventsReceived()).isEqualTo(1);
    CustomAudience buyers = create(first, "Buyers");
    CustomAudience leavers = create(second, "Leavers");

    assertThat(one.received()).isEqualTo(2);
    assertThat(two.received()).isEqualTo(1);
    assertThat(buyers.getId()).isEqualTo(leavers.getId());
    assertThat(names(first)).containsExactly("Buyers");
    assertThat(names(second)).containsExactly("Leavers");
    buyers.delete().execute();
    assertThat(names(first)).isEmpty();
    assertThat(names(second)).containsExactly("Leavers");
  }

  @Test
  void a_proof_by_another_tenants_secret_is_none() {
    Suite one = Suite.of(sandbox, "one");
    Suite two = Suite.of(sandbox, "two");

    for (String wrong : List.of(two.secret(), "demo-app-secret")) {
      assertThatThrownBy(() -> events(context(one, wrong), "order-1").execute())
          .hasMessageContaining("appsecret_proof");
    }
  }

  private static List<String> names(APIContext meta) throws APIException {
    return new AdAccount("act_2000000002", meta)
        .getCustomAudiences().requestField("name").execute().stream()
            .map(CustomAudience::getFieldName)
            .toList();
  }

  private static CustomAudience create(APIContext meta, String name) throws APIException {
    return new AdAccount("act_2000000002", meta)
        .createCustomAudience()
        .setName(name)
        .setSubtype(CustomAudience.EnumSubtype.VALUE_CUSTOM)
        .setCustomerFileSource(CustomAudience.EnumCustomerFileSource.VALUE_USER_PROVIDED_ONLY)
        .execute();
  }

  private static EventRequest events(APIContext meta, String... orders) {
    List<Event> events = List.of(orders).stream().map(TwoSdksTest::lead).toList();
    return new EventRequest("1000000001", meta).data(events);
  }

  private static Event lead(String order) {
    return new Event()
        .eventName("Lead")
        .eventId(order)
        .eventTime(Clock.systemUTC().instant().getEpochSecond())
        .actionSource(ActionSource.website)
        .userData(new UserData().email("ada@shop.example"));
  }

  private static APIContext context(Suite suite, String secret) {
    String base = "https://localhost:" + sandbox.httpsPort();
    return new APIContext(base, base, "v26.0", suite.token(), secret, "2030000000000001", false);
  }
}
