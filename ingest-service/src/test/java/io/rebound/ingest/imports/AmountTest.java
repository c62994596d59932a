package io.rebound.ingest.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rebound.ingest.intake.InvalidEvent;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0            | 0",
        "12.50        | 12.50",
        "-3           | -3",
        "12,5         | 12.5",
        "12,50        | 12.50",
        "12,5000      | 12.5000",
        "1.234        | 1.234",
        "1.234,50     | 1234.50",
        "1,234.50     | 1234.50",
        "-1.234.567,5 | -1234567.5"
      })
  void amountsBecomePlainOnes(String text, String plain) {
    assertThat(Amount.plain("value", text)).isEqualTo(plain);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1,234", "1.2.3", "1,2,3", "12.34,56", "EUR 5", "5 €", "1e5", ".5", "lots"})
  void whatIsNoAmountOrCouldBeTwoIsRefused(String text) {
    assertThatThrownBy(() -> Amount.plain("value", text))
        .isInstanceOf(InvalidEvent.class)
        .hasMessage("value must be an amount such as 1234.50");
  }
}
