package io.rebound.sandbox.graph;

import io.rebound.sandbox.SandboxProperties;
import io.rebound.sandbox.tokens.Token;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Whether a token may do what it asks for: it needs a permission, and the object must be assigned
 * to it. Meta doesn't tell an object that isn't assigned from one that doesn't exist.
 */
@Component
class Permissions {
  private final SandboxProperties properties;

  Permissions(SandboxProperties properties) {
    this.properties = properties;
  }

  void check(Token token, GraphRequest request, GraphNodes owner) {
    String object = request.object();
    if (!token.reaches(asset(object, owner))) {
      throw GraphError.unknownObject(request.method(), object);
    }
    List<String> needed = needed(request, owner);
    if (!needed.isEmpty() && needed.stream().noneMatch(token.scopes()::contains)) {
      throw owner.area() == Area.WHATSAPP
          ? GraphError.of(403, 10, "(#10) Application does not have permission for this action")
          : GraphError.of(403, 200, "(#200) Requires " + needed.getFirst() + " permission");
    }
  }

  /** What is assigned to a token: all else is reached by it. */
  private String asset(String object, GraphNodes owner) {
    return switch (owner.area()) {
      case EVENTS -> object;
      case ADVERTISING -> properties.adAccount();
      case CATALOGUE -> properties.catalogue();
      case WHATSAPP -> properties.waba();
    };
  }

  /** Permissions of which one is enough; none for events, whose token is made for its dataset. */
  private static List<String> needed(GraphRequest request, GraphNodes owner) {
    return switch (owner.area()) {
      case EVENTS -> List.of();
      case ADVERTISING ->
          request.method().equals("GET")
              ? List.of("ads_management", "ads_read")
              : List.of("ads_management");
      case CATALOGUE -> List.of("catalog_management");
      case WHATSAPP ->
          request.edge().equals("messages")
              ? List.of("whatsapp_business_messaging")
              : List.of("whatsapp_business_management");
    };
  }
}
