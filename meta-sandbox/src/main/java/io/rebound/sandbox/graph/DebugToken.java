package io.rebound.sandbox.graph;

import io.rebound.sandbox.SandboxProperties;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Tells about a token: {@code GET /debug_token?input_token=…}. */
@Component
final class DebugToken {
  private static final long ISSUED_AT = 1_788_608_891L;

  private final TokenCheck tokens;
  private final SandboxProperties properties;

  DebugToken(TokenCheck tokens, SandboxProperties properties) {
    this.tokens = tokens;
    this.properties = properties;
  }

  Answer answer(GraphRequest request) {
    String token =
        request
            .params()
            .text("input_token")
            .orElseThrow(
                () -> GraphError.invalidParameter("The parameter input_token is required"));
    boolean valid = tokens.isValid(token);
    ObjectNode answer = Answer.object();
    ObjectNode data = answer.putObject("data");
    data.put("app_id", "2030000000000001")
        .put("type", "SYSTEM_USER")
        .put("application", "Rebound sandbox")
        .put("data_access_expires_at", 0)
        .put("expires_at", 0)
        .put("is_valid", valid);
    if (valid) {
      data.put("issued_at", ISSUED_AT).put("user_id", "122190000000000001");
      data.putArray("scopes")
          .add("ads_management")
          .add("catalog_management")
          .add("whatsapp_business_messaging")
          .add("whatsapp_business_management");
      ObjectNode granular = data.putArray("granular_scopes").addObject();
      granular.put("scope", "read_ads_dataset_quality");
      granular.putArray("target_ids").add(properties.dataset());
    } else {
      data.putObject("error")
          .put("code", 190)
          .put("message", "The access token could not be decrypted");
      data.putArray("scopes");
    }
    return Answer.of(answer);
  }
}
