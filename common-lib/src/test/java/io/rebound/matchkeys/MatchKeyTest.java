package io.rebound.matchkeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MatchKeyTest {
  private static final Locality NOWHERE = Locality.unknown();

  @ParameterizedTest(name = "{0}: {3} is {4}")
  @CsvFileSource(
      resources = "/matchkeys/vectors.csv",
      delimiter = '|',
      numLinesToSkip = 2,
      quoteCharacter = '"')
  void every_documented_vector_comes_out(
      String key, String country, DateOrder order, String input, String normalized, String sha256) {
    MatchKey matchKey = MatchKey.valueOf(key.toUpperCase(Locale.ROOT));
    String raw = input.replace("\\t", "\t").replace("\\n", "\n");
    var locality = new Locality(country, order);

    assertThat(matchKey.normalize(raw, locality)).contains(normalized);
    assertThat(matchKey.hash(raw, locality)).contains(sha256);
  }

  @ParameterizedTest
  @EnumSource(MatchKey.class)
  void nothing_comes_of_an_empty_value(MatchKey key) {
    for (String empty : new String[] {"", " ", "\t\n", "\u00a0"}) {
      assertThat(key.hash(empty, NOWHERE)).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "EM, 'no address'",
    "EM, a@b",
    "EM, '@example.com'",
    "EM, 'two@at@example.com'",
    "PH, 12345",
    "PH, '030 901820'",
    "PH, '+1234567890123456789'",
    "PH, hello",
    "DB, '16.02.1997'",
    "DB, 1997-02-30",
    "DB, 1850-01-01",
    "DB, 19971345",
    "GE, other",
    "COUNTRY, Atlantis",
    "COUNTRY, xx",
    "FBC, 'fb.1.123.abc'",
    "FBP, 'GA1.2.3'",
    "CLIENT_IP_ADDRESS, 'example.com'",
    "CLIENT_IP_ADDRESS, 1.2.3",
    "CLIENT_IP_ADDRESS, 300.1.1.1",
    "MADID, 00000000-0000-0000-0000-000000000000",
    "LEAD_ID, abc",
    "FN, '-.-'"
  })
  void nothingComesOfAValueThatIsNone(MatchKey key, String input) {
    assertThat(key.normalize(input, NOWHERE)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"EM", "PH", "FN", "EXTERNAL_ID", "ZP"})
  void a_hash_is_taken_as_it_is_but_in_lower_case(MatchKey key) {
    String hash = "62A14E44F765419D10FEA99367361A727C12365E2520F32218D505ED9AA0F62F";

    assertThat(key.hash(hash, NOWHERE)).contains(hash.toLowerCase(Locale.ROOT));
    assertThat(key.hash(" " + hash + " ", NOWHERE)).contains(hash.toLowerCase(Locale.ROOT));
  }

  @Test
  void the_appendix_of_metas_parameter_builder_is_left_alone() {
    String hash = "62a14e44f765419d10fea99367361a727c12365e2520f32218d505ed9aa0f62f.AQMCAQMA";

    assertThat(MatchKey.EM.hash(hash, NOWHERE)).contains(hash);
  }

  @ParameterizedTest(name = "{0} in {1} is {2}")
  @CsvSource({
    "'+49 (0)30 901820', , 4930901820",
    "0151 12345678, DE, 4915112345678",
    "0151/123 456 78, DE, 4915112345678",
    "+49 151 12345678, US, 4915112345678",
    "011 44 20 7946 0958, US, 442079460958",
    "8 916 123-45-67, RU, 79161234567",
    "06 12 34 56 78, FR, 33612345678",
    "tel:+1-650-555-1212, , 16505551212",
    "4915112345678, , 4915112345678",
    "4915112345678, DE, 4915112345678"
  })
  void aTelephoneNumberIsReadAsItsCountryWritesIt(String raw, String country, String digits) {
    assertThat(MatchKey.PH.normalize(raw, new Locality(country, DateOrder.YEAR_FIRST)))
        .contains(digits);
  }

  @ParameterizedTest(name = "{0} {1} is {2}")
  @CsvSource({
    "ST, Ontario, on",
    "ST, Texas, tx",
    "ST, New York, ny",
    "CT, Łódź, lodz",
    "CT, Straße, strasse",
    "CT, 東京, 東京",
    "COUNTRY, Germany, de",
    "COUNTRY, DEU, de",
    "COUNTRY, EL, gr",
    "CLIENT_IP_ADDRESS, ' 2001:db8::1 ', 2001:db8::1",
    "CLIENT_IP_ADDRESS, 192.0.2.7, 192.0.2.7",
    "FBC, fb.1.1795467400123.IwAR0AbCdEf, fb.1.1795467400123.IwAR0AbCdEf",
    "GE, FEMALE, f",
    "FN, Mary Ann, maryann"
  })
  void moreOfWhatWasDecidedWhereTheDocumentsAreSilent(MatchKey key, String raw, String normal) {
    assertThat(key.normalize(raw, NOWHERE)).contains(normal);
  }

  @ParameterizedTest
  @EnumSource(MatchKey.class)
  void a_normal_form_is_its_own_normal_form(MatchKey key) {
    Stream.of(
            "John_Smith@Gmail.com",
            "+1 (650) 555-1212",
            "O'Brien",
            "1997-02-16",
            "Female",
            "San José",
            "California",
            "94035-1234",
            "United States",
            "User-42",
            "192.0.2.7",
            "Mozilla/5.0",
            "fb.1.1795467400123.IwAR0AbCdEf",
            "6D92078A-8246-4BA4-AE5B-76104861E7DC",
            "12345678901")
        .flatMap(raw -> key.normalize(raw, NOWHERE).stream())
        .forEach(normal -> assertThat(key.normalize(normal, NOWHERE)).contains(normal));
  }

  @Test
  void the_machines_language_changes_nothing() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("tr"));
    try {
      assertThat(MatchKey.EM.normalize("INFO@MAIL.COM", NOWHERE)).contains("info@mail.com");
      assertThat(MatchKey.FN.normalize("IAN", NOWHERE)).contains("ian");
    } finally {
      Locale.setDefault(before);
    }
  }
}
