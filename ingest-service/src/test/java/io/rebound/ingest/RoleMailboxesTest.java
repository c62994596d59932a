package io.rebound.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.events.Identifier;
import io.rebound.events.IdentifierType;
import io.rebound.events.TrackedEvent;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Only the door sees whose an address is: it marks those of roles before it hashes them. */
class RoleMailboxesTest {
  private final RunningIngest ingest = RunningIngest.get();
  private final String id = UUID.randomUUID().toString();

  @ParameterizedTest
  @CsvSource({
    "info@shop.example, true",
    "' No-Reply@Shop.example ', true",
    "test@shop.example, true",
    "info+anna@shop.example, false",
    "information@shop.example, false",
    "anna@info.example, false"
  })
  void an_address_is_a_roles_by_exactly_what_stands_before_the_at(String address, boolean role) {
    identify("\"traits\":{\"email\":\"%s\"}".formatted(address));

    assertThat(event().identifiers()).extracting(Identifier::role).containsExactly(role);
  }

  @Test
  void a_roles_address_does_not_mark_what_comes_with_it() {
    identify("\"userId\":\"u-1\",\"traits\":{\"email\":\"office@shop.example\"}");

    assertThat(event().identifiers())
        .extracting(Identifier::type, Identifier::role)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(IdentifierType.EXTERNAL_ID, false),
            org.assertj.core.groups.Tuple.tuple(IdentifierType.EMAIL, true));
  }

  @Test
  void every_type_of_identifier_comes_through_external_ids() {
    identify(
        """
        "context":{"externalIds":[
          {"type":"user_id","id":"a-1","collection":"users","encoding":"none"},
          {"type":"email","id":"joe@eg.com"}, {"type":"wa_id","id":"48503004043"},
          {"type":"wa_user_id","id":"PL.1a2b"}, {"type":"loyalty_card","id":"c-1"},
          {"type":"anonymous_id","id":"an-1"}, {"type":"fbp","id":"fb.1.1767661512558.3049708793"},
          {"type":"madid","id":"2043ff11-084b-6656"}, {"type":"shoe_size","id":"43"}]}
        """);
    List<Identifier> identifiers = event().identifiers();

    assertThat(identifiers.stream().map(Identifier::type).distinct())
        .containsExactly(IdentifierType.values());
    String other = UUID.randomUUID().toString();
    ingest.post(
        "/v1/identify",
        "{\"messageId\":\"%s\",\"traits\":{\"phone\":\"+48 503-004 043\"}}".formatted(other));
    assertThat(identifiers).containsAll(ingest.event(other).identifiers()); // a wa_id is a phone
  }

  private void identify(String fields) {
    var answer = ingest.post("/v1/identify", "{\"messageId\":\"%s\",%s}".formatted(id, fields));
    assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
  }

  private TrackedEvent event() {
    return ingest.event(id);
  }
}
