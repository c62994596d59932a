package io.rebound.sandbox.graph;

import io.rebound.sandbox.SandboxProperties;
import io.rebound.sandbox.tokens.Token;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Decides who answers a Graph call: version first, then the token, then the object. */
@Component
class GraphApi {
  private final Versions versions;
  private final boolean lifelike;
  private final TokenCheck tokens;
  private final List<GraphNodes> nodes;
  private final Gateway gateway;
  private final Charges charges;
  private final Permissions permissions;
  private final Objectless objectless;

  GraphApi(
      SandboxProperties properties,
      TokenCheck tokens,
      List<GraphNodes> nodes,
      Gateway gateway,
      Charges charges,
      Permissions permissions,
      Objectless objectless) {
    this.versions = new Versions(properties.versions());
    this.lifelike = properties.profile() == SandboxProperties.Profile.LIFELIKE;
    this.tokens = tokens;
    this.nodes = nodes;
    this.gateway = gateway;
    this.charges = charges;
    this.permissions = permissions;
    this.objectless = objectless;
  }

  /** A call as it came: its path still has the version. */
  record Call(
      String method,
      String path,
      @Nullable String authorization,
      Params params,
      String fbtraceId,
      String address) {

    /** The version the path begins with, with its slash; empty if there is none. */
    String version() {
      return Versions.isAt(path) ? "/" + path.split("/", 3)[1] : "";
    }

    /** The same call with a version in its path. */
    Call ofNewest(int newest) {
      String versioned = "/v" + newest + ".0" + path;
      return new Call(method, versioned, authorization, params, fbtraceId, host() + versioned);
    }

    /** Where the path begins in the address. */
    String host() {
      return address.endsWith(path)
          ? address.substring(0, address.length() - path.length())
          : address;
    }
  }

  /** What it came to, with what Meta tells in headers: limits, and whether the version is old. */
  record Result(Answer answer, Map<String, String> headers) {}

  Result answer(Call call) {
    var headers = new LinkedHashMap<String, String>();
    try {
      return new Result(decide(call, headers), headers);
    } catch (GraphError refusal) {
      return new Result(refusal.answer(call.fbtraceId()), headers);
    }
  }

  private Answer decide(Call call, Map<String, String> headers) {
    List<String> path =
        Arrays.stream(call.path().split("/")).filter(part -> !part.isEmpty()).toList();
    boolean isBatch = call.method().equals("POST") && path.size() <= 1;
    if (path.isEmpty() && isBatch) { // its calls may name a version each
      return new Batch(call.ofNewest(versions.newest()), this::answer).answer();
    }
    if (path.isEmpty()) {
      throw GraphError.unknownPath("");
    }
    if (path.getFirst().equals(Gateway.PREFIX)) {
      return gateway.answer(call, path.subList(1, path.size()));
    }
    if (objectless.needsNoVersion(path)) {
      return decide(call.ofNewest(versions.newest()), headers);
    }
    int version = versions.of(path);
    List<String> rest = path.subList(1, path.size());
    if (rest.isEmpty()) {
      if (isBatch) {
        return new Batch(call, this::answer).answer();
      }
      // reading several objects by ?ids= ended with v26.0
      throw GraphError.of(400, 2500, "Unknown path components: /");
    }
    if (objectless.needsNoToken(rest)) {
      return objectless.answer(rest, call);
    }
    Token token = tokens.check(call.authorization(), call.params());
    call.params().put("access_token", token.value()); // the next page's link has it always
    var request =
        new GraphRequest(
            effectiveMethod(call),
            rest,
            call.params(),
            call.fbtraceId(),
            call.address(),
            call.host(),
            lifelike);
    Optional<GraphNodes> owner =
        nodes.stream().filter(kind -> kind.has(request.object())).findFirst();
    charges.count(request, owner.orElse(null), headers);
    if (owner.isEmpty()) {
      return objectless.answer(rest, call);
    }
    permissions.check(token, request, owner.get());
    versions.warn(version, owner.get(), headers);
    return owner.get().answer(request);
  }

  private static String effectiveMethod(Call call) {
    return call.method().equals("POST")
        ? call.params()
            .text("method")
            .map(method -> method.toUpperCase(Locale.ROOT))
            .filter(method -> method.equals("DELETE") || method.equals("GET"))
            .orElse("POST")
        : call.method();
  }
}
