package io.rebound.identity.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rebound.consumption.Publisher;
import io.rebound.events.PrivacyOrder;
import io.rebound.events.PrivacyReceipt;
import io.rebound.events.Topics;
import io.rebound.identity.RunningIdentity;
import io.rebound.privacy.SealedExport;
import io.rebound.sealing.Sealer;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The door, and the other services' part. */
final class Requests {
  static final List<String> OTHERS =
      List.of("ingest", "segmentation", "capi-sync", "catalog-feed", "whatsapp");

  private final RunningIdentity identity = RunningIdentity.get();

  HttpResponse<String> post(String type, String by, String value) {
    return identity.post(
        "/v1/privacy/requests",
        """
        {"type": "%s", "identifier": {"type": "%s", "value": "%s"}}\
        """
            .formatted(type, by, value));
  }

  UUID request(String type, String by, String value) {
    HttpResponse<String> response = post(type, by, value);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
    UUID id = UUID.fromString(json(response).path("request_id").asString());
    assertThat(response.headers().firstValue("Location")).contains("/v1/privacy/requests/" + id);
    return id;
  }

  JsonNode shown(UUID request) {
    HttpResponse<String> response = identity.get("/v1/privacy/requests/" + request);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return json(response);
  }

  String status(UUID request) {
    return shown(request).path("status").asString();
  }

  PrivacyOrder awaitOrder(UUID request) {
    await().until(() -> !orders(request).isEmpty());
    return orders(request).getFirst();
  }

  List<PrivacyOrder> orders(UUID request) {
    return Log.of(Topics.PRIVACY_REQUESTS).stream()
        .filter(entry -> entry.key().equals(request.toString()))
        .map(Log.Entry::value)
        .filter(PrivacyOrder.class::isInstance)
        .map(PrivacyOrder.class::cast)
        .toList();
  }

  /** A service says that it is done. */
  void answer(UUID request, String service) {
    Instant now = Instant.now();
    send(
        new PrivacyReceipt(
            request,
            service,
            now,
            Map.of("rows", 3L),
            Map.of("topics", now.plusSeconds(60)),
            null,
            0,
            1));
  }

  void handOver(UUID request, String service, Map<String, ?> export, Instant at) {
    SealedExport.receipts(identity.bean(Sealer.class), service, request, export, at)
        .forEach(this::send);
  }

  void send(PrivacyReceipt receipt) {
    identity
        .bean(Publisher.class)
        .publish(Topics.PRIVACY_RECEIPTS, receipt.requestId().toString(), receipt)
        .join();
  }

  /** An erasure from the door to the last receipt. */
  UUID erased(String by, String value) {
    UUID request = request("erasure", by, value);
    awaitOrder(request);
    OTHERS.forEach(service -> answer(request, service));
    await().until(() -> status(request).equals("completed"));
    return request;
  }

  static JsonNode json(HttpResponse<String> response) {
    return JsonMapper.shared().readTree(response.body());
  }
}
