package io.rebound.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Holds docs/asyncapi.yaml against the records that are really sent. */
class AsyncApiTest {
  private static final Instant AT = Instant.parse("2026-03-01T10:15:30.123456Z");
  private static final UUID PERSON = UUID.fromString("0b5f6a3e-4d4c-8c1e-9a2b-1f2e3d4c5b6a");
  private static final UUID OTHER = UUID.fromString("1b5f6a3e-4d4c-8c1e-9a2b-1f2e3d4c5b6a");
  private static final Sealed SEALED = new Sealed("d3JhcHBlZA", "Ym94");
  private static final SealedWithEvent ENVELOPE = new SealedWithEvent("shop", "e-1", AT, SEALED);
  private static final Consents CONSENTS = new Consents(true, false, true, 17);
  private static final Identifier EMAIL =
      new Identifier(IdentifierType.EMAIL, "k1.emeAYUl89dmc94MC8BvGlNzwj5LIgAb50P4qm4gKCag");

  private static JsonNode document;

  @BeforeAll
  static void read() throws IOException {
    Object yaml = new Yaml().load(Files.readString(Path.of("../docs/asyncapi.yaml")));
    document = EventJson.MAPPER.valueToTree(yaml);
  }

  static Stream<Message> samples() {
    TrackedEvent event =
        new TrackedEvent(
            "shop",
            "e-1",
            "Purchase",
            AT,
            AT.plusSeconds(1),
            ActionSource.WEBSITE,
            "https://shop.example/thanks",
            List.of(EMAIL),
            new ConsentStatement(
                Map.of(Purpose.ADS, true),
                Map.of(Purpose.PROFILING, false),
                ConsentForm.CATEGORY_PREFERENCES,
                new ConsentProof("2026-03", "double-opt-in", "r-17", "call-centre")),
            SEALED,
            SEALED,
            SEALED,
            Map.of("value", new BigDecimal("12.30"), "currency", "EUR"),
            Map.of("opt_out", true),
            SEALED,
            AT.minusSeconds(3),
            KeptBack.CLIENT);
    return Stream.of(
        event,
        new IdentifiedEvent(PERSON, 3, CONSENTS, event),
        new ConsentChanged(PERSON, CONSENTS, AT),
        new PersonsMerged(OTHER, PERSON, 5, AT),
        new PersonSplit(OTHER, PERSON, 6, AT),
        new EventMoved("shop", "e-1", OTHER, PERSON, 4, AT),
        new Profile(
            PERSON,
            5,
            AT,
            OTHER,
            List.of(OTHER),
            List.of(EMAIL),
            List.of(ENVELOPE),
            ENVELOPE,
            CONSENTS),
        new SegmentMembership(PERSON, "champions", true, true, 6, AT),
        new MessageIntent("i-1", PERSON, "cart", AT),
        new PrivacyRequested(OTHER, PrivacyType.ACCESS, List.of(EMAIL), AT),
        new PrivacyOrder(OTHER, PrivacyType.ERASURE, List.of(PERSON), List.of(EMAIL), AT),
        new PrivacyReceipt(
            OTHER, "capi-sync", AT, Map.of("conversions", 3L), Map.of("logs", AT), SEALED, 0, 1));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void every_message_is_as_the_document_says_and_every_documented_field_exists(Message message) {
    String name = schemaOf(message);
    String json = write(message);

    assertThat(validator(name).validate(json, InputFormat.JSON))
        .extracting(Error::getMessage)
        .isEmpty();
    // the samples fill every field, so a field that is documented and not there doesn't exist
    assertThat(EventJson.MAPPER.readTree(json).propertyNames())
        .containsExactlyInAnyOrderElementsOf(properties(name));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void a_message_without_its_optional_fields_reads_back_equal(Message message) {
    Topic<?> topic = topicOf(message);

    Object read = EventJson.MAPPER.readValue(write(message), topic.type());

    assertThat(read).isEqualTo(message);
  }

  @Test
  void an_event_of_before_there_were_server_fields_reads_as_one_without() {
    ObjectNode json =
        (ObjectNode) EventJson.MAPPER.readTree(write(samples().findFirst().orElseThrow()));
    json.remove(List.of("server_fields", "sealed_fields"));

    TrackedEvent read = EventJson.MAPPER.readValue(json.toString(), TrackedEvent.class);

    assertThat(read.serverFields()).isEmpty();
    assertThat(read.sealedFields()).isNull();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void a_field_that_nobody_knows_yet_is_ignored(Message message) {
    ObjectNode json = (ObjectNode) EventJson.MAPPER.readTree(write(message));
    json.put("from_the_future", 1);

    assertThat(EventJson.MAPPER.readValue(json.toString(), topicOf(message).type()))
        .isEqualTo(message);
  }

  @Test
  void the_document_has_exactly_our_topics_with_exactly_their_messages() {
    var documented = new TreeSet<String>();
    document
        .get("channels")
        .properties()
        .forEach(channel ->
            channel
                .getValue()
                .get("messages")
                .propertyNames()
                .forEach(message -> documented.add(channel.getKey() + ":" + message)));

    assertThat(documented)
        .isEqualTo(
            samples()
                .map(message -> topicOf(message).name() + ":" + schemaOf(message))
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void the_name_of_a_message_is_its_cloud_event_type(Message message) {
    assertThat(document.at("/components/messages/" + schemaOf(message) + "/name").asString())
        .isEqualTo(message.ceType());
  }

  @Test
  void every_kind_of_identifier_and_action_source_is_documented() {
    assertThat(texts("/components/schemas/identifier/properties/type/enum"))
        .containsExactlyElementsOf(
            Arrays.stream(IdentifierType.values()).map(IdentifierType::wireName).toList());
    assertThat(texts("/components/schemas/tracked-event/properties/action_source/enum"))
        .containsExactlyElementsOf(
            Arrays.stream(ActionSource.values()).map(ActionSource::wireName).toList());
  }

  @Test
  void the_samples_fill_every_field_of_every_record() {
    assertThat(samples())
        .allSatisfy(message -> {
          for (RecordComponent field : message.getClass().getRecordComponents()) {
            assertThat(field.getAccessor().invoke(message)).as(field.getName()).isNotNull();
          }
        });
  }

  private static String write(Message message) {
    return EventJson.MAPPER.writeValueAsString(message);
  }

  // io.rebound.tracked-event.v1 -> tracked-event
  private static String schemaOf(Message message) {
    return message.ceType().split("\\.")[2];
  }

  private static Topic<?> topicOf(Message message) {
    return switch (message) {
      case TrackedEvent _ -> Topics.EVENTS;
      case PersonEvent _ -> Topics.IDENTIFIED_EVENTS;
      case Profile _ -> Topics.PROFILES;
      case SegmentMembership _ -> Topics.SEGMENT_MEMBERSHIPS;
      case MessageIntent _ -> Topics.MESSAGE_INTENTS;
      case PrivacyMessage _ -> Topics.PRIVACY_REQUESTS;
      case PrivacyReceipt _ -> Topics.PRIVACY_RECEIPTS;
      default -> throw new AssertionError("No topic for " + message.ceType());
    };
  }

  private static Schema validator(String name) {
    ObjectNode schema = EventJson.MAPPER.createObjectNode();
    schema.put("$ref", "#/components/schemas/" + name);
    schema.set("components", document.get("components"));
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(schema.toString(), InputFormat.JSON);
  }

  private static Set<String> properties(String name) {
    return Set.copyOf(document.at("/components/schemas/" + name + "/properties").propertyNames());
  }

  private static List<String> texts(String pointer) {
    return document.at(pointer).valueStream().map(JsonNode::asString).toList();
  }
}
