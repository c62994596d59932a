package io.rebound.sandbox.graph;

import io.rebound.sandbox.SandboxProperties;
import io.rebound.sandbox.tokens.Token;
import io.rebound.sandbox.tokens.Tokens;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Tells about a token: {@code GET /debug_token?input_token=…}. */
@Component
final class DebugToken {
  private final TokenCheck check;
  private final Tokens tokens;
  private final SandboxProperties properties;

  DebugToken(TokenCheck check, Tokens tokens, SandboxProperties properties) {
    this.check = check;
    this.tokens = tokens;
    this.properties = properties;
  }

  Answer answer(Params params) {
    String given =
        params
            .text("input_token")
            .orElseThrow(
                () -> GraphError.invalidParameter("The parameter input_token is required"));
    ObjectNode answer = Answer.object();
    ObjectNode data = answer.putObject("data");
    Optional<Token> token = tokens.find(given);
    token.ifPresent(known -> tell(known, data));
    try {
      check.good(given);
      data.put("is_valid", true);
    } catch (GraphError refusal) {
      data.set("error", refusal.shortly());
      data.put("is_valid", false);
    }
    if (token.isEmpty()) {
      data.putArray("scopes");
    }
    return Answer.of(answer);
  }

  private void tell(Token token, ObjectNode data) {
    long expires = token.expiresAt() == null ? 0 : token.expiresAt().getEpochSecond();
    data.put("app_id", tokens.appId())
        .put("type", token.kind().name())
        .put("application", "Rebound sandbox");
    if (token.kind() == Token.Kind.APP) {
      return;
    }
    data.put("data_access_expires_at", 0)
        .put("expires_at", expires)
        .put("issued_at", token.issuedAt().getEpochSecond())
        .put("user_id", "122190000000000001");
    var scopes = data.putArray("scopes");
    var granular = data.putArray("granular_scopes");
    for (String scope : token.scopes()) {
      scopes.add(scope);
      List<String> targets = token.assets().isEmpty() ? targets(scope) : token.assets();
      var ids = granular.addObject().put("scope", scope).putArray("target_ids");
      targets.forEach(ids::add);
    }
  }

  private List<String> targets(String scope) {
    return switch (scope) {
      case "ads_management", "ads_read" -> List.of(properties.adAccount().replace("act_", ""));
      case "read_ads_dataset_quality" -> List.of(properties.dataset());
      case "catalog_management" -> List.of(properties.catalogue());
      case "whatsapp_business_management", "whatsapp_business_messaging" ->
          List.of(properties.waba());
      default -> List.of();
    };
  }
}
