package io.rebound.ingest.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/** Damages a good body: mostly its structure, so that the damage gets past the parser. */
public final class Mutation {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "null",
          "undefined",
          "NaN",
          "-1",
          "1e400",
          "0x10",
          "2026-02-30T25:61:61Z",
          "9999-12-31T23:59:59.999999999Z",
          "+1000000000-01-01T00:00:00Z",
          "\u0000\u0001\u001f",
          "\ud83d\ude00 \u202e \ufeff",
          "%00%zz%",
          "fb.1.x.y",
          "::ffff:999.1.1.1",
          "https://[::1",
          "a".repeat(5_000),
          "x" + Template.MAIL_DOMAIN,
          "+" + Template.PHONE,
          "EURO",
          "'; drop table rejected_event; --");

  private Mutation() {}

  public static byte[] damaged(String good, Random random) {
    JsonNode json = JSON.readTree(good);
    for (int times = random.nextInt(6); times > 0; times--) {
      damage(json, random);
    }
    String written = json.toString();
    byte[] bytes = random.nextInt(20) == 0 ? doubled(written) : written.getBytes(UTF_8);
    return random.nextInt(5) == 0 ? damagedBytes(bytes, random) : bytes;
  }

  public static Map<String, String> headers(String writeKey, Random random) {
    var headers = new HashMap<String, String>();
    headers.put(
        "Authorization",
        "Basic " + Base64.getEncoder().encodeToString((writeKey + ":").getBytes(UTF_8)));
    switch (random.nextInt(24)) {
      case 0 -> headers.remove("Authorization");
      case 1 -> headers.put("Authorization", "Basic ====");
      case 2 -> headers.put("Authorization", "Bearer " + writeKey);
      case 3 -> headers.put("Content-Type", "multipart/form-data; boundary=");
      case 4 -> headers.put("Content-Type", "text/plain; charset=utf-16");
      case 5 -> headers.put("Content-Encoding", "gzip");
      case 6 -> headers.put("Content-Encoding", "br");
      case 7 -> headers.put("Origin", "null");
      case 8 -> headers.put("Cookie", "_fbp=;;=; _fbc=\"");
      case 9 -> headers.put("X-Retry-Count", "-99999999999999999999");
      default -> {}
    }
    return headers;
  }

  /** One place of the tree becomes something else. */
  private static void damage(JsonNode json, Random random) {
    List<JsonNode> containers = new ArrayList<>();
    collect(json, containers);
    switch (containers.get(random.nextInt(containers.size()))) {
      case ObjectNode object when !object.isEmpty() -> {
        List<String> names = List.copyOf(object.propertyNames());
        String name = names.get(random.nextInt(names.size()));
        switch (random.nextInt(5)) {
          case 0 -> object.remove(name);
          case 1 -> object.set(name + "_", object.remove(name));
          case 2 -> object.set(name, NODES.arrayNode().add(object.get(name)));
          default -> object.set(name, anything(random));
        }
      }
      case ArrayNode array when !array.isEmpty() ->
          array.set(random.nextInt(array.size()), anything(random));
      default -> {} // nothing in it to change
    }
  }

  private static void collect(JsonNode json, List<JsonNode> containers) {
    if (json.isContainer()) {
      containers.add(json);
      json.forEach(child -> collect(child, containers));
    }
  }

  private static JsonNode anything(Random random) {
    return switch (random.nextInt(13)) {
      case 0 -> NODES.nullNode();
      case 1 -> NODES.booleanNode(random.nextBoolean());
      case 2 -> NODES.numberNode(random.nextLong());
      case 3 -> NODES.numberNode(new java.math.BigDecimal("1e" + (random.nextInt(80) - 40)));
      case 4 -> NODES.numberNode(new java.math.BigInteger(200, random));
      case 5 -> NODES.arrayNode();
      case 6 -> NODES.objectNode();
      case 7 -> nested(random.nextInt(150));
      case 8 -> many(random);
      case 9 ->
          NODES.rawValueNode(new RawValue(random.nextInt() + "E" + random.nextLong())); // no bound
      default -> NODES.stringNode(TEXTS.get(random.nextInt(TEXTS.size())));
    };
  }

  private static JsonNode nested(int depth) {
    JsonNode nested = NODES.stringNode("deep");
    for (int level = 0; level < depth; level++) {
      nested = level % 2 == 0 ? NODES.arrayNode().add(nested) : NODES.objectNode().set("x", nested);
    }
    return nested;
  }

  private static ArrayNode many(Random random) {
    ArrayNode many = NODES.arrayNode();
    for (int count = random.nextInt(200); count > 0; count--) {
      many.add(TEXTS.get(random.nextInt(TEXTS.size() - 5)));
    }
    return many;
  }

  /** Two bodies in one. */
  private static byte[] doubled(String body) {
    return (body + body).getBytes(UTF_8);
  }

  private static byte[] damagedBytes(byte[] bytes, Random random) {
    switch (random.nextInt(5)) {
      case 0 -> {
        return Arrays.copyOf(bytes, random.nextInt(bytes.length));
      }
      case 1 -> {
        return zipped(bytes);
      }
      case 2 -> {
        var noise = new byte[random.nextInt(64)];
        random.nextBytes(noise);
        return noise;
      }
      default -> {
        byte[] changed = bytes.clone();
        for (int times = 1 + random.nextInt(4); times > 0; times--) {
          changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
        }
        return changed;
      }
    }
  }

  private static byte[] zipped(byte[] bytes) {
    var zipped = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(zipped)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return zipped.toByteArray();
  }
}
