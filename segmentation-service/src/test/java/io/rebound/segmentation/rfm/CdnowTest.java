package io.rebound.segmentation.rfm;

import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.events.PersonEvent;
import io.rebound.problems.PageRequest;
import io.rebound.segmentation.Events;
import io.rebound.segmentation.Segmentation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** The purchases of CDNOW's customers against a table that was computed independently of us. */
class CdnowTest {
  private static final Path CDNOW = Path.of("../samples/cdnow");
  private static final Instant AT = Instant.parse("1998-07-01T00:00:00Z");
  private static final int BATCH = 500;

  @Test
  void every_customer_has_the_published_values_and_scores() throws IOException {
    try (var segmentation = new Segmentation(Instant.parse("1998-06-30T12:00:00Z"))) {
      List<PersonEvent> orders = orders();
      Collections.shuffle(orders, new Random(1));
      for (int from = 0; from < orders.size(); from += BATCH) {
        segmentation.consume(orders.subList(from, Math.min(orders.size(), from + BATCH)), false);
      }

      Map<UUID, String> expected = expected();
      Map<UUID, String> table = rows(segmentation.bean(RfmTable.class));
      assertThat(table).hasSize(23_570);
      assertThat(table).isEqualTo(expected);

      // live scores of a day are as of its last moment, an hour of no purchases before the table's
      segmentation.settle();
      assertThat(segmentation.bean(LiveScores.class).edges().frequency())
          .usingElementComparator(BigDecimal::compareTo)
          .containsExactly(BigDecimal.ONE, BigDecimal.ONE, BigDecimal.TWO, new BigDecimal(4));
      assertThat(segmentation.bean(LiveScores.class).edges().monetary())
          .usingElementComparator(BigDecimal::compareTo)
          .containsExactly(
              new BigDecimal("15.36"),
              new BigDecimal("31.35"),
              new BigDecimal("59.924"),
              new BigDecimal("133.95"));
    }
  }

  private static Map<UUID, String> rows(RfmTable table) {
    Map<UUID, String> rows = new HashMap<>();
    int limit = 10_000;
    UUID after = null;
    while (true) {
      List<Rfm> page = table.at(AT, new PageRequest(limit, null), after);
      for (Rfm row : page) {
        rows.put(
            row.personId(),
            "%d,%d,%s,%d,%d,%d"
                .formatted(
                    row.recencyDays(),
                    row.frequency(),
                    row.monetary().setScale(2),
                    row.r(),
                    row.f(),
                    row.m()));
      }
      if (page.size() <= limit) {
        return rows;
      }
      after = page.getLast().personId();
    }
  }

  private static List<PersonEvent> orders() throws IOException {
    List<PersonEvent> orders = new ArrayList<>();
    int line = 0;
    for (String row : Files.readAllLines(CDNOW.resolve("CDNOW_master.txt"))) {
      String[] fields = row.strip().split("\\s+");
      line++;
      if (!Character.isDigit(fields[0].charAt(0))) {
        continue;
      }
      Instant at =
          LocalDate.parse(fields[1], DateTimeFormatter.BASIC_ISO_DATE)
              .atStartOfDay(ZoneOffset.UTC)
              .toInstant();
      orders.add(Events.bought(Events.person(fields[0]), "line-" + line, fields[3], at));
    }
    return orders;
  }

  private static Map<UUID, String> expected() throws IOException {
    try (var lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(CDNOW.resolve("rfm-expected/rfm.csv.gz"))),
                StandardCharsets.US_ASCII))) {
      Map<UUID, String> rows = new HashMap<>();
      lines
          .lines()
          .skip(1)
          .forEach(line -> {
            int comma = line.indexOf(',');
            rows.put(Events.person(line.substring(0, comma)), line.substring(comma + 1));
          });
      return rows;
    }
  }
}
