package io.rebound.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Says who calls, by the key in {@code Authorization: Bearer}. What they may do is decided later.
 */
final class BearerKeyFilter extends OncePerRequestFilter {
  private static final String BEARER = "Bearer ";

  private final ApiKeys keys;

  BearerKeyFilter(ApiKeys keys) {
    this.keys = keys;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String header = request.getHeader("Authorization");
    if (header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      Optional<ApiKey> key = keys.find(header.substring(BEARER.length()).strip());
      key.ifPresent(BearerKeyFilter::authenticate);
    }
    chain.doFilter(request, response);
  }

  private static void authenticate(ApiKey key) {
    var context = SecurityContextHolder.createEmptyContext();
    context.setAuthentication(
        UsernamePasswordAuthenticationToken.authenticated(
            key.name(), null, AuthorityUtils.createAuthorityList(key.scopes())));
    SecurityContextHolder.setContext(context);
  }
}
