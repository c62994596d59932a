package io.rebound.sandbox.tenants;

import io.rebound.sandbox.SandboxProperties;
import io.rebound.sandbox.graph.Credential;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whose a request is. Its path says so below {@code /_tenants/{name}/}, or the header {@code
 * X-Sandbox-Tenant}, or else the token it shows; without any of them it is the default tenant's. A
 * token no tenant knows is left to the default to refuse.
 */
@Component
@Order(
    Ordered.HIGHEST_PRECEDENCE + 100) // before calls are noted, for those of a tenant are its own
final class TenantChoice extends OncePerRequestFilter {
  static final String HEADER = "X-Sandbox-Tenant";

  private static final String CHOSEN = TenantChoice.class.getName();
  private static final Pattern EVERYBODYS =
      Pattern.compile("/actuator(/.*)?|" + TenantsDoor.PATH + "(/.*)?");

  private final Tenants tenants;
  private final JsonMapper json;

  TenantChoice(Tenants tenants, JsonMapper json) {
    this.tenants = tenants;
    this.json = json;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String path = request.getRequestURI();
    if (request.getAttribute(CHOSEN) instanceof Tenant tenant) { // a stream goes on
      serve(tenant, request, response);
    } else if (path.startsWith(SandboxProperties.TENANTS)) {
      serveNamed(TenantPath.name(path), request, response);
    } else if (EVERYBODYS.matcher(path).matches()) {
      chain.doFilter(request, response);
    } else {
      serveOwner(request, response, chain);
    }
  }

  private void serveOwner(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String name = request.getHeader(HEADER);
    if (name != null && !name.equals(WantedTenant.DEFAULT)) {
      serveNamed(name, request, response);
      return;
    }
    Optional<Tenant> owner = name != null || tenants.isEmpty() ? Optional.empty() : owner(request);
    if (owner.isPresent()) {
      serve(owner.get(), request, response);
    } else {
      chain.doFilter(request, response);
    }
  }

  private Optional<Tenant> owner(HttpServletRequest request) throws IOException {
    return tenants.owner(
        request.getRequestURI().startsWith("/_sandbox")
            ? Credential.outside(request)
            : Credential.ofGraphCall(request));
  }

  private void serveNamed(String name, HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    Optional<Tenant> named = tenants.named(name);
    if (named.isPresent()) {
      serve(named.get(), request, response);
      return;
    }
    response.setStatus(HttpServletResponse.SC_NOT_FOUND);
    response.setContentType("application/problem+json");
    json.writeValue(response.getOutputStream(), TenantRefusal.unknown().problem());
  }

  private static void serve(Tenant tenant, HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    request.setAttribute(CHOSEN, tenant);
    tenant.serve(TenantPath.within(request), response);
  }

  @Override
  protected boolean shouldNotFilterAsyncDispatch() {
    return false;
  }
}
