package io.rebound.ingest.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntegrationsTest {
  @ParameterizedTest(name = "{0} behind {1}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{}                                                    | {}              | false",
        "{'All':true}                                          | {}              | false",
        "{'All':false}                                         | {}              | true",
        "{'All':false,'Segment.io':true}                       | {}              | true",
        "{'All':false,'Meta':true}                             | {}              | false",
        "{'All':false,'Facebook Conversions API (Actions)':{'pixelId':'1'}} | {} | false",
        "{'Meta':false}                                        | {}              | true",
        "{'Facebook Pixel':false}                              | {}              | true",
        "{'Facebook Pixel':false,'Facebook Conversions':true}  | {}              | false",
        "{'Facebook Pixel':true,'Facebook App Events':false}   | {}              | true",
        "{'Mixpanel':false}                                    | {}              | false",
        "{'All':'no'}                                          | {}              | false",
        "{}                                                    | {'All':false}   | true",
        "{'All':true}                                          | {'All':false}   | false",
        "{'Facebook Pixel':true}                               | {'All':false}   | false",
        "{}                                                    | {'Meta':false}  | true"
      })
  void a_message_is_kept_from_meta(String own, String shared, boolean expected) {
    assertThat(
            Integrations.keepFromMeta(
                TestSource.json(own.replace('\'', '"')),
                TestSource.json(shared.replace('\'', '"'))))
        .isEqualTo(expected);
  }
}
