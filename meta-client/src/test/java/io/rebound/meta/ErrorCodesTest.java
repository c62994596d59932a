package io.rebound.meta;

import static org.assertj.core.api.Assertions.assertThat;

import io.rebound.meta.ErrorCodes.Reaction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorCodesTest {

  /** Graph API guide "Handling errors" and Marketing API error reference, general codes. */
  @ParameterizedTest
  @CsvSource({
    "1,0,RETRY",
    "1,99,REFUSED",
    "2,0,RETRY",
    "3,0,PERMISSION",
    "4,0,THROTTLED",
    "4,1504022,THROTTLED",
    "4,1504039,THROTTLED",
    "5,0,RETRY",
    "5000,0,RETRY",
    "10,0,PERMISSION",
    "17,0,THROTTLED",
    "17,2446079,THROTTLED",
    "17,1885172,THROTTLED",
    "32,0,THROTTLED",
    "100,0,REFUSED",
    "100,33,ASSET",
    "100,34,REFUSED",
    "100,38,REFUSED",
    "102,0,TOKEN",
    "104,0,TOKEN",
    "105,0,REFUSED",
    "190,0,TOKEN",
    "194,0,REFUSED",
    "200,0,PERMISSION",
    "270,0,PERMISSION",
    "294,0,PERMISSION",
    "299,0,PERMISSION",
    "200,1870034,TERMS",
    "200,1870050,TERMS",
    "200,1870090,TERMS",
    "200,1870092,TERMS",
    "200,1870047,REFUSED",
    "341,0,THROTTLED",
    "368,0,BLOCKED",
    "506,0,REFUSED",
    "613,0,THROTTLED",
    "613,1487742,THROTTLED",
    "613,1487632,THROTTLED",
    "613,1487225,THROTTLED",
    "613,5044001,THROTTLED",
    "613,1996,THROTTLED",
    "803,0,REFUSED",
    "2500,0,VERSION",
    "2635,0,VERSION",
    "21009,0,RETRY",
    "1609005,0,REFUSED"
  })
  void general_codes_have_one_reaction_each(int code, int subcode, Reaction reaction) {
    assertThat(ErrorCodes.reaction(code, subcode)).isEqualTo(reaction);
  }

  @ParameterizedTest
  @CsvSource({"452", "458", "459", "460", "463", "464", "465", "467", "492"})
  void whatever_is_wrong_with_a_token_it_takes_a_new_one(int subcode) {
    assertThat(ErrorCodes.reaction(190, subcode)).isEqualTo(Reaction.TOKEN);
    assertThat(ErrorCodes.reaction(102, subcode)).isEqualTo(Reaction.TOKEN);
  }

  /** Rate limiting, business use cases. */
  @ParameterizedTest
  @CsvSource({
    "80000", "80001", "80002", "80003", "80004", "80005", "80006", "80007", "80008", "80009",
    "80010", "80011", "80012", "80013", "80014", "130429", "131048"
  })
  void business_limits_throttle_the_account(int code) {
    assertThat(ErrorCodes.reaction(code, 2446079)).isEqualTo(Reaction.THROTTLED);
  }

  /** Conversions API, Custom Audiences, catalogue. */
  @ParameterizedTest
  @CsvSource({
    "100,2804001,REFUSED",
    "100,2804003,REFUSED",
    "100,2804004,REFUSED",
    "100,2804007,REFUSED",
    "100,2804008,REFUSED",
    "100,2804009,REFUSED",
    "100,2804019,REFUSED",
    "100,2804023,REFUSED",
    "100,2804050,REFUSED",
    "100,2804116,REFUSED",
    "100,1713098,REFUSED",
    "100,1713228,AUDIENCE",
    "100,1713230,AUDIENCE",
    "100,1713231,AUDIENCE",
    "100,1713232,AUDIENCE",
    "2650,0,RETRY",
    "2650,1870145,RETRY",
    "2650,1870144,REFUSED",
    "2650,1870147,REFUSED",
    "2650,1870148,REFUSED",
    "2650,1870158,REFUSED",
    "2650,1870159,REFUSED",
    "2654,0,RETRY",
    "2654,1713092,ASSET",
    "2655,0,TERMS",
    "2656,0,REFUSED",
    "1487301,0,AUDIENCE",
    "1487366,0,REFUSED",
    "1487694,0,REFUSED",
    "1870065,0,REFUSED",
    "1870088,0,REFUSED",
    "1870165,0,REFUSED",
    "1870199,0,REFUSED",
    "1815001,0,REFUSED",
    "1885001,0,REFUSED",
    "2238001,0,REFUSED",
    "2446001,0,REFUSED",
    "3858001,0,REFUSED",
    "10803,0,REFUSED",
    "801,0,REFUSED",
    "415,0,PERMISSION"
  })
  void product_families_have_one_reaction_each(int code, int subcode, Reaction reaction) {
    assertThat(ErrorCodes.reaction(code, subcode)).isEqualTo(reaction);
  }

  /** WhatsApp Cloud API error codes. */
  @ParameterizedTest
  @CsvSource({
    "0,TOKEN", "131005,PERMISSION", "131000,RETRY", "131016,RETRY", "133004,RETRY",
    "33,ASSET", "131008,REFUSED", "131009,REFUSED", "131031,BLOCKED", "130497,REFUSED",
    "130403,REFUSED", "130472,REFUSED", "131021,REFUSED", "131026,REFUSED", "131037,NUMBER",
    "131042,NUMBER", "131045,NUMBER", "131047,REFUSED", "131049,REFUSED", "131050,REFUSED",
    "131051,REFUSED", "131052,REFUSED", "131053,REFUSED", "131056,RETRY", "131057,RETRY",
    "131059,REFUSED", "131062,REFUSED", "131063,NUMBER", "131064,NUMBER", "132000,REFUSED",
    "132001,REFUSED", "132005,REFUSED", "132007,REFUSED", "132008,REFUSED", "132012,REFUSED",
    "132015,TEMPLATE", "132016,REFUSED", "132068,REFUSED", "132069,REFUSED", "133000,NUMBER",
    "133005,NUMBER", "133006,NUMBER", "133008,NUMBER", "133009,NUMBER", "133010,NUMBER",
    "133015,NUMBER", "133016,THROTTLED", "134100,REFUSED", "134101,RETRY", "134102,REFUSED",
    "135000,REFUSED", "137000,REFUSED", "131035,REFUSED", "131036,REFUSED", "2388299,REFUSED",
    "2494001,REFUSED"
  })
  void whatsapp_codes_have_one_reaction_each(int code, Reaction reaction) {
    assertThat(ErrorCodes.reaction(code, 0)).isEqualTo(reaction);
  }

  @ParameterizedTest
  @CsvSource({"-1", "6", "999", "4711", "81000", "131999", "132999", "133999", "77777777"})
  void a_code_nobody_has_seen_is_tried_again(int code) {
    assertThat(ErrorCodes.reaction(code, 0)).isEqualTo(Reaction.RETRY);
  }

  @Test
  void a_request_that_asks_for_too_much_is_split_not_repeated() {
    GraphError tooMuch =
        new GraphError(500, 1, 0, "OAuthException", "Please reduce the amount of data", null);

    assertThat(ErrorCodes.reaction(tooMuch)).isEqualTo(Reaction.REFUSED);
  }

  /** Meta's texts for a token without its proof, and for a permission without a subcode. */
  @ParameterizedTest
  @CsvSource({
    "Invalid appsecret_proof provided in the API argument,TOKEN",
    "API calls from the server require an appsecret_proof argument,TOKEN",
    "(#100) Missing Permission,PERMISSION",
    "(#100) Invalid parameter,REFUSED"
  })
  void a_missing_right_that_looks_like_a_bad_parameter_refuses_no_work(
      String message, Reaction reaction) {
    assertThat(ErrorCodes.reaction(new GraphError(400, 100, 0, "OAuthException", message, null)))
        .isEqualTo(reaction);
  }

  @Test
  void an_envelope_without_a_code_holds_nothing() {
    assertThat(ErrorCodes.reaction(new GraphError(500, 0, 0, "", "", null)))
        .isEqualTo(Reaction.RETRY);
    assertThat(ErrorCodes.reaction(new GraphError(401, 0, 0, "OAuthException", "", null)))
        .isEqualTo(Reaction.TOKEN);
  }
}
