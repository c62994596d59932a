package io.rebound.quickstart.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The CDNOW purchases as Segment messages: an identify when a customer first appears, and one
 * {@code Order Completed} a row. Every row is an order of its own, so its line number is part of
 * its id; the same row always gives the same messageId, so that a second replay changes nothing.
 */
public final class Purchases {
  private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;

  private final List<Map<String, Object>> messages = new ArrayList<>();
  private int customers;

  private Purchases() {}

  /**
   * @param rows how many rows to read at most
   */
  public static Purchases read(Path file, int rows) throws IOException {
    var purchases = new Purchases();
    Set<String> seen = new HashSet<>();
    try (Stream<String> lines = Files.lines(file)) {
      int number = 0;
      for (String line : (Iterable<String>) lines::iterator) {
        String[] fields = line.strip().split("\\s+");
        if (fields.length != 4 || !Character.isDigit(fields[0].charAt(0))) {
          continue; // the heading
        }
        if (++number > rows) {
          break;
        }
        purchases.add(number, fields, seen.add(fields[0]));
      }
    }
    purchases.customers = seen.size();
    return purchases;
  }

  private void add(int number, String[] fields, boolean first) {
    String customer = fields[0];
    String at = LocalDate.parse(fields[1], DAY).atStartOfDay(ZoneOffset.UTC).toInstant().toString();
    String userId = "cdnow-" + customer;
    String email = "c" + customer + "@cdnow.example";
    if (first) {
      messages.add(
          Map.of(
              "type",
              "identify",
              "messageId",
              "cdnow-customer-" + customer,
              "userId",
              userId,
              "timestamp",
              at,
              "traits",
              Map.of("email", email)));
    }
    messages.add(
        Map.of(
            "type",
            "track",
            "event",
            "Order Completed",
            "messageId",
            "cdnow-order-" + number,
            "userId",
            userId,
            "timestamp",
            at,
            "context",
            Map.of("traits", Map.of("email", email)),
            "properties",
            Map.of(
                "order_id",
                "cdnow-" + number,
                "total",
                new java.math.BigDecimal(fields[3]),
                "currency",
                "USD",
                "products",
                List.of(
                    Map.of(
                        "product_id",
                        "cd",
                        "quantity",
                        Math.max(1, Integer.parseInt(fields[2])))))));
  }

  public List<Map<String, Object>> messages() {
    return messages;
  }

  public int customers() {
    return customers;
  }
}
