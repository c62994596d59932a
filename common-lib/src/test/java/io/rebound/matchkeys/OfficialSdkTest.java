package io.rebound.matchkeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.facebook.ads.utils.ServerSideApiUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import io.rebound.events.IdentifierType;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Meta's official Java SDK as the oracle, on the values where it and Meta's documents agree. */
class OfficialSdkTest {
  private static final Locality NOWHERE = Locality.unknown();

  @Test
  void addresses_hash_as_the_sdk_hashes_them() {
    random("a-zA-Z0-9._+-", 1, 20)
        .filter(local -> local.matches("[a-zA-Z0-9].*[a-zA-Z0-9]") && !local.contains(".."))
        .map(local -> " " + local + "@Shop-" + Math.abs(local.hashCode()) + ".Example ")
        .forEach(address -> sameAsSdk(MatchKey.EM, "em", address));
  }

  @Test
  void names_of_letters_hash_as_the_sdk_hashes_them() {
    random("a-zA-ZäöüéèñçßÅØŁ정김Анна", 1, 15)
        .forEach(name -> {
          sameAsSdk(MatchKey.FN, "fn", name);
          sameAsSdk(MatchKey.LN, "ln", " " + name + " ");
        });
  }

  @Test
  void cities_of_plain_letters_hash_as_the_sdk_hashes_them() {
    random("a-zA-Z", 2, 12)
        .forEach(half -> sameAsSdk(MatchKey.CT, "ct", "St. " + half + " - " + half));
  }

  @Test
  void every_countrys_code_hashes_as_the_sdk_hashes_it() {
    Stream.of(Locale.getISOCountries())
        .forEach(code -> sameAsSdk(MatchKey.COUNTRY, "country", code));
  }

  @Test
  void postcodes_hash_as_the_sdk_hashes_them() {
    random("a-zA-Z0-9", 3, 8)
        .forEach(
            code -> sameAsSdk(MatchKey.ZP, "zp", code.substring(0, 2) + " " + code.substring(2)));
  }

  @Test
  void a_numbers_second_hash_is_the_one_that_the_sdk_makes_of_its_international_form() {
    PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
    numbers.getSupportedRegions().stream()
        .map(region -> numbers.getExampleNumber(region))
        .map(number -> numbers.format(number, PhoneNumberUtil.PhoneNumberFormat.INTERNATIONAL))
        .filter(number -> number.matches("\\+[0-9 ()-]{9,}"))
        .filter(number -> number.replaceAll("[^0-9]", "").length() >= 8)
        .forEach(number ->
            assertThat(IdentifierHashes.of(IdentifierType.PHONE, number, NOWHERE))
                .as(number)
                .hasSize(2)
                .element(1)
                .isEqualTo(sdk(number.replaceAll("[^+0-9]", ""), "ph")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"+16505551212", "+1 650 555 1212", "001 650 555 1212"})
  void a_number_is_the_same_identifier_however_it_is_written(String number) {
    assertThat(IdentifierHashes.of(IdentifierType.PHONE, number, NOWHERE))
        .isEqualTo(
            List.of(
                "e323ec626319ca94ee8bff2e4c87cf613be6ea19919ed1364124e16807ab3176",
                sdk("+16505551212", "ph")));
  }

  @Test
  void a_hash_is_the_same_identifier_as_its_value() {
    String hash = IdentifierHashes.of(IdentifierType.EMAIL, "Joe@eg.com ", NOWHERE).getFirst();

    assertThat(IdentifierHashes.of(IdentifierType.EMAIL, hash.toUpperCase(Locale.ROOT), NOWHERE))
        .containsExactly(hash);
    assertThat(IdentifierHashes.of(IdentifierType.EMAIL, hash + ".AQMCAQMA", NOWHERE))
        .containsExactly(hash);
    assertThat(hash).isEqualTo("8830eedd6c6b5ea97d181563a349476ca1bb25ace1f94b5c5e48d9cad727941b");
  }

  @ParameterizedTest
  @EnumSource(
      value = MatchKey.class,
      names = {"EM", "PH", "FN", "LN", "DB", "GE", "CT", "ST", "ZP", "COUNTRY", "EXTERNAL_ID"})
  void a_hash_is_never_hashed_again(MatchKey key) {
    random("0-9abcdef", 64, 64)
        .forEach(hash -> {
          assertThat(key.hash(hash, NOWHERE)).contains(hash);
          assertThat(key.hash(" " + hash.toUpperCase(Locale.ROOT) + "\n", NOWHERE)).contains(hash);
          assertThat(key.hash(hash + ".AQMCAQMA", NOWHERE)).contains(hash + ".AQMCAQMA");
        });
  }

  @ParameterizedTest
  @EnumSource(
      value = MatchKey.class,
      names = {"EM", "PH", "FN", "LN", "DB", "GE", "CT", "ST", "ZP", "COUNTRY"})
  void an_md5_is_no_value_to_hash(MatchKey key) {
    random("0-9abcdefABCDEF", 32, 32)
        .forEach(md5 -> assertThat(key.hash(md5, NOWHERE)).as(md5).isEmpty());
    assertThat(
            key.hash("12345678901234567890123456789012", new Locality("DE", DateOrder.DAY_FIRST)))
        .isEmpty();
  }

  @Test
  void an_id_may_look_like_an_md5() {
    assertThat(MatchKey.EXTERNAL_ID.hash("900150983cd24fb0d6963f7d28e17f72", NOWHERE))
        // sha256sum of these 32 characters
        .contains("2c89b7e560fb8c30d1c61408e91e4a84934ff0d24e68e51a6fdb744a1bb717fe");
  }

  private static void sameAsSdk(MatchKey key, String sdkName, String raw) {
    assertThat(key.hash(raw, NOWHERE)).as("%s of «%s»", key, raw).contains(sdk(raw, sdkName));
  }

  private static String sdk(String raw, String name) {
    return ServerSideApiUtil.hash(ServerSideApiUtil.normalize(raw, name));
  }

  /** Seeded: a failure can be repeated. */
  private static Stream<String> random(String alphabet, int shortest, int longest) {
    var random = new Random(20261124);
    String signs =
        alphabet
            .replace("a-z", "abcdefghijklmnopqrstuvwxyz")
            .replace("A-Z", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
            .replace("0-9", "0123456789");
    return IntStream.range(0, 300)
        .mapToObj(_ ->
            random
                .ints(random.nextInt(shortest, longest + 1), 0, signs.length())
                .mapToObj(at -> String.valueOf(signs.charAt(at)))
                .reduce("", String::concat));
  }
}
