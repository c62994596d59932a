package io.rebound.sandbox.tenants;

import io.rebound.sandbox.SandboxProperties;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Tenants come and go; the default one is always there and isn't told about. */
@RestController
@RequestMapping(TenantsDoor.PATH)
class TenantsDoor {
  static final String PATH = "/_sandbox/tenants";

  private static final int MOST = 1000;
  private static final Set<String> FIELDS = Set.of("token", "app_secret", "profile", "webhook_url");

  private final Tenants tenants;

  TenantsDoor(Tenants tenants) {
    this.tenants = tenants;
  }

  /** The tenant of that name: 201 if it is made for it, 200 if it was there with these settings. */
  @PutMapping("/{name}")
  ResponseEntity<ObjectNode> put(
      @PathVariable String name, @RequestBody(required = false) @Nullable JsonNode body) {
    JsonNode given = body == null ? JsonNodeFactory.instance.objectNode() : body;
    if (!given.isObject()) {
      throw TenantRefusal.invalid("body", "is an object");
    }
    for (String field : given.propertyNames()) {
      if (!FIELDS.contains(field)) {
        throw TenantRefusal.invalid(
            "body", "has no fields but " + String.join(", ", FIELDS.stream().sorted().toList()));
      }
    }
    var wanted =
        new WantedTenant(
            name,
            text(given, "token"),
            text(given, "app_secret"),
            text(given, "profile"),
            text(given, "webhook_url"));
    Tenants.Found found = tenants.put(wanted);
    return ResponseEntity.status(found.isNew() ? HttpStatus.CREATED : HttpStatus.OK)
        .body(shown(found.settings()));
  }

  private static @Nullable String text(JsonNode given, String field) {
    JsonNode value = given.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isString()) {
      throw TenantRefusal.invalid(field, "is a text");
    }
    return value.asString();
  }

  @GetMapping("/{name}")
  ObjectNode one(@PathVariable String name) {
    return shown(tenants.named(name).orElseThrow(TenantRefusal::unknown).settings());
  }

  /** By name; {@code next} is there if there are more. */
  @GetMapping
  ObjectNode all(
      @RequestParam(defaultValue = "100") int limit,
      @RequestParam(defaultValue = "") String after) {
    int most = Math.clamp(limit, 1, MOST);
    List<TenantSettings> found = tenants.after(after, most + 1);
    List<TenantSettings> page = found.subList(0, Math.min(most, found.size()));
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode data = answer.putArray("data");
    page.forEach(settings -> data.add(shown(settings)));
    if (found.size() > most) {
      answer.put("next", page.getLast().name());
    }
    return answer;
  }

  @DeleteMapping("/{name}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable String name) {
    tenants.remove(name);
  }

  private static ObjectNode shown(TenantSettings settings) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("name", settings.name())
        .put("token", settings.token())
        .put("app_secret", settings.appSecret())
        .put("profile", settings.profile().name().toLowerCase(Locale.ROOT))
        .put("webhook_url", settings.webhookUrl())
        .put("page", SandboxProperties.TENANTS + settings.name() + "/");
  }

  @ExceptionHandler
  ProblemDetail refuse(TenantRefusal refusal) {
    return refusal.problem();
  }

  @ExceptionHandler(HttpMessageNotReadableException.class)
  ProblemDetail refuseUnreadable() {
    return TenantRefusal.invalid("body", "is not valid JSON").problem();
  }
}
