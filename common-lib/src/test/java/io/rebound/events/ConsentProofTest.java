package io.rebound.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsentProofTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-03",
        "2026-03-01",
        "double-opt-in",
        "crm:4711",
        "f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
        "1"
      })
  void a_version_and_the_id_of_a_record_are_proofs(String part) {
    assertThat(ConsentProof.isPart(part)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "anna@shop.example",
        "4915112345678",
        "+4915112345678",
        "0151-123-456-78",
        "crm:4915112345678",
        "two words",
        // the SHA-256 of an address, in both forms
        "87924606b4131a8aceeeae8868531fbb9712aaa07a5d3a756b26ce0f5d6ca674",
        "h5JGBrQTGorO7q6IaFMfu5cSqqB6XTp1aybOD11spnQ"
      })
  void what_could_hold_contact_data_is_none(String part) {
    assertThat(ConsentProof.isPart(part)).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ConsentProof(null, null, part, null))
        .withMessageStartingWith("A proof's reference must have")
        .withMessageNotContaining("anna");
  }

  @Test
  void nothing_told_is_no_proof() {
    assertThat(ConsentProof.of(null, null, null, null)).isNull();
  }
}
