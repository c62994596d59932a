package io.rebound.quickstart.demo;

import io.rebound.quickstart.Ports;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What a shop sets up once, and what its customers then do. */
final class DemoShop {
  private static final String WRITE_KEY = "demo-write-key";
  private static final String ADMIN_KEY = "demo-admin-key";
  private static final String META_TOKEN = "demo-meta-token";
  private static final List<String> SEGMENTS = List.of("champions", "at-risk", "cart-abandoners");
  private static final String TEMPLATE = "cart_reminder";

  private final Http http;
  private final Ports ports;

  DemoShop(Http http, Ports ports) {
    this.http = http;
    this.ports = ports;
  }

  /** Segments, a product, a WhatsApp template and the trigger that sends it. Safe to repeat. */
  void prepare() throws DemoFailed, IOException {
    for (String segment : SEGMENTS) {
      http.put(
          at(ports.segmentation(), "/v1/segments/" + segment),
          ADMIN_KEY,
          Files.readString(Path.of("samples", "segments", segment + ".json")));
    }
    http.put(
        at(ports.catalogFeed(), "/v1/products/shirt-1"),
        ADMIN_KEY,
        Map.of(
            "title", "Trail shirt",
            "description", "Light running shirt, dries in 20 minutes",
            "availability", "in stock",
            "condition", "new",
            "price", "29.90 EUR",
            "link", "https://shop.example/p/shirt-1",
            "image_link", "https://img.example/shirt-1.jpg",
            "brand", "Northpeak"));
    if (http.get(
            at(ports.sandbox(), "/v26.0/5000000005/message_templates?name=" + TEMPLATE), META_TOKEN)
        .path("data")
        .isEmpty()) {
      http.post(
          at(ports.sandbox(), "/v26.0/5000000005/message_templates"),
          META_TOKEN,
          Map.of(
              "name",
              TEMPLATE,
              "language",
              "en",
              "category",
              "MARKETING",
              "components",
              List.of(
                  Map.of(
                      "type", "BODY",
                      "text", "Hello {{1}}, your cart is waiting for you.",
                      "example", Map.of("body_text", List.of(List.of("Ada")))))));
    }
    http.put(
        at(ports.whatsapp(), "/v1/triggers/cart-reminder"),
        ADMIN_KEY,
        Map.of(
            "event",
            "AddToCart",
            "unless",
            List.of("Purchase"),
            "after",
            "5s",
            "template",
            TEMPLATE,
            "language",
            "en",
            "parameters",
            List.of("first_name"),
            "enabled",
            true));
  }

  /** One buys, one leaves the cart behind, one leaves it and comes back to it. */
  void liveShoppers() throws DemoFailed {
    var ada = new Shopper("ada", "Ada", "+4915112345601");
    var ben = new Shopper("ben", "Ben", "+4915112345602");
    var eva = new Shopper("eva", "Eva", "+4915112345603");
    for (Shopper shopper : List.of(ada, ben, eva)) {
      track(shopper, "Product Viewed", Map.of());
      track(shopper, "Product Added", Map.of());
    }
    track(ada, "Order Completed", Map.of("order_id", "live-" + UUID.randomUUID()));
    track(eva, "Cart Viewed", Map.of());
  }

  private record Shopper(String id, String firstName, String phone) {}

  private void track(Shopper shopper, String event, Map<String, Object> more) throws DemoFailed {
    var properties = new HashMap<String, Object>(more);
    properties.put("currency", "EUR");
    if (event.equals("Order Completed")) {
      properties.put("total", new BigDecimal("29.90"));
      properties.put("products", List.of(product()));
    } else {
      properties.putAll(product());
    }
    http.post(
        at(ports.ingest(), "/v1/track"),
        WRITE_KEY,
        Map.of(
            "writeKey",
            WRITE_KEY,
            "type",
            "track",
            "event",
            event,
            "messageId",
            UUID.randomUUID().toString(),
            "userId",
            "live-" + shopper.id(),
            "timestamp",
            Instant.now().toString(),
            "properties",
            properties,
            "context",
            Map.of(
                "traits",
                Map.of(
                    "email", shopper.id() + "@shop.example",
                    "phone", shopper.phone(),
                    "firstName", shopper.firstName()),
                "page",
                Map.of("url", "https://shop.example/p/shirt-1"),
                "userAgent",
                "Mozilla/5.0 (demo)")));
  }

  private static Map<String, Object> product() {
    return Map.of(
        "product_id",
        "shirt-1",
        "name",
        "Trail shirt",
        "price",
        new BigDecimal("29.90"),
        "quantity",
        1);
  }

  private static String at(int port, String path) {
    return "http://localhost:" + port + path;
  }

  /** Waits until nothing moves any more, then shows what Meta holds. */
  void show(int customers) throws DemoFailed {
    new WhatMetaHolds(http, ports).show(customers);
  }
}
