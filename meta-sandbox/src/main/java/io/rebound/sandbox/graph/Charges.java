package io.rebound.sandbox.graph;

import io.rebound.sandbox.SandboxProperties;
import io.rebound.sandbox.limits.Limits;
import io.rebound.sandbox.limits.Refusal;
import io.rebound.sandbox.limits.UseCase;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Says which limit a call counts for, and refuses it when that is used up. */
@Component
class Charges {
  private final SandboxProperties properties;
  private final Limits limits;

  Charges(SandboxProperties properties, Limits limits) {
    this.properties = properties;
    this.limits = limits;
  }

  /**
   * Counts a call; what is used of its limit goes to the headers.
   *
   * @param owner nothing if the call is for no object
   */
  void count(GraphRequest request, @Nullable GraphNodes owner, Map<String, String> headers) {
    Optional<Refusal> refusal = Optional.empty();
    if (owner == null) {
      refusal = limits.countForApp(headers);
    } else if (!isFree(request, owner)) {
      boolean write = !request.method().equals("GET");
      refusal = limits.count(useCase(request, owner), write, headers);
    }
    if (refusal.isPresent()) {
      throw GraphError.limited(refusal.get());
    }
  }

  /** Limited otherwise, or not at all: events, messages and batches of items. */
  private static boolean isFree(GraphRequest request, GraphNodes owner) {
    return owner.area() == Area.EVENTS
        || (owner.area() == Area.WHATSAPP && request.edge().equals("messages"))
        || request.action().equals("POST items_batch");
  }

  private UseCase useCase(GraphRequest request, GraphNodes owner) {
    return switch (owner.area()) {
      case ADVERTISING -> adAccount(advertising(request), owner);
      case CATALOGUE -> new UseCase(UseCase.Type.CATALOGUE, properties.catalogue(), 0);
      case WHATSAPP, EVENTS -> new UseCase(UseCase.Type.WHATSAPP, properties.waba(), 0);
    };
  }

  private UseCase.Type advertising(GraphRequest request) {
    boolean audiences =
        !request.object().equals(properties.adAccount())
            || request.edge().equals("customaudiences")
            || request.edge().equals("usersofanyaudience");
    return audiences ? UseCase.Type.CUSTOM_AUDIENCE : UseCase.Type.ADS_MANAGEMENT;
  }

  private UseCase adAccount(UseCase.Type type, GraphNodes owner) {
    int active = type == UseCase.Type.CUSTOM_AUDIENCE ? owner.activeAudiences() : 0;
    return new UseCase(type, properties.adAccount().replace("act_", ""), active);
  }
}
