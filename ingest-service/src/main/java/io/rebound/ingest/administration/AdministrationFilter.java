package io.rebound.ingest.administration;

import io.rebound.problems.Problems;
import io.rebound.security.ApiKey;
import io.rebound.security.ApiKeys;
import java.security.Principal;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/**
 * Who may use the administrative doors, by the same rules as at the other services (see {@code
 * io.rebound.security.SecurityConfiguration}). The event doors are served before this.
 */
@Component
class AdministrationFilter implements WebFilter {
  private static final String BEARER = "Bearer ";

  private final ApiKeys keys;
  private final JsonMapper json;

  AdministrationFilter(ApiKeys keys, JsonMapper json) {
    this.keys = keys;
    this.json = json;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    String path = exchange.getRequest().getPath().value();
    // files come with a write key, which their own door asks for
    boolean upload =
        path.startsWith("/v1/imports/") && exchange.getRequest().getMethod() == HttpMethod.POST;
    if (upload || path.equals("/actuator/health") || path.startsWith("/actuator/health/")) {
      return chain.filter(exchange);
    }
    Optional<ApiKey> key = key(exchange.getRequest().getHeaders());
    if (key.isEmpty()) {
      exchange.getResponse().getHeaders().set("WWW-Authenticate", "Bearer");
      return refuse(
          exchange.getResponse(),
          Problems.of(
              HttpStatus.UNAUTHORIZED,
              "unauthorized",
              "This needs a key: send it in the header Authorization: Bearer <key>"));
    }
    boolean metrics = path.equals("/actuator/prometheus") && key.get().has(ApiKey.METRICS);
    Principal caller = key.get()::name;
    return key.get().has(ApiKey.ADMIN) || metrics
        ? chain.filter(exchange.mutate().principal(Mono.just(caller)).build())
        : refuse(
            exchange.getResponse(),
            Problems.of(HttpStatus.FORBIDDEN, "forbidden", "This key's scopes don't include this"));
  }

  private Optional<ApiKey> key(HttpHeaders headers) {
    String header = headers.getFirst(HttpHeaders.AUTHORIZATION);
    return header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
        ? keys.find(header.substring(BEARER.length()).strip())
        : Optional.empty();
  }

  private Mono<Void> refuse(ServerHttpResponse response, ProblemDetail problem) {
    response.setRawStatusCode(problem.getStatus());
    response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
    return response.writeWith(
        Mono.fromSupplier(() -> response.bufferFactory().wrap(json.writeValueAsBytes(problem))));
  }
}
