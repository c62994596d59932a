package io.rebound.ingest.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OfflineColumnTest {
  @ParameterizedTest
  @CsvSource({
    "E-Mail, EMAIL",
    "email_2, EMAIL",
    "Phone Number 1, PHONE",
    "fn, FIRST_NAME",
    "First name, FIRST_NAME",
    "uid, EXTERNAL_ID",
    "DOBY, BIRTH_YEAR",
    "Order-ID, ORDER_ID",
    "STORE ID, STORE_ID",
    "Consent Ads, CONSENT_ADS"
  })
  void a_header_is_known_by_its_letters(String header, OfflineColumn column) {
    assertThat(OfflineColumn.ofHeader(header)).contains(column);
  }

  @ParameterizedTest
  @CsvSource({"value2", "colour", "E-Mail-Adresse", "2"})
  void other_headers_are_not_guessed(String header) {
    assertThat(OfflineColumn.ofHeader(header)).isEmpty();
  }

  @Test
  void the_documentation_names_every_column() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "imports.md"));
    assertThat(
            Pattern.compile("(?m)^\\| `([a-z_]+)`")
                .matcher(page)
                .results()
                .map(row -> row.group(1)))
        .containsExactlyElementsOf(
            Arrays.stream(OfflineColumn.values()).map(OfflineColumn::wireName).toList());
  }
}
