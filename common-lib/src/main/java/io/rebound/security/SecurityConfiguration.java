package io.rebound.security;

import static org.springframework.http.HttpStatus.FORBIDDEN;
import static org.springframework.http.HttpStatus.UNAUTHORIZED;

import io.rebound.problems.Problems;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import tools.jackson.databind.json.JsonMapper;

/**
 * The administrative doors of a servlet service: a bearer key with scope {@code admin} opens
 * everything, one with {@code metrics} the metrics; health is open, and so is what the service
 * lists in {@code rebound.security.open-paths}. Everything else is closed.
 */
@Configuration(proxyBeanMethods = false)
@Import(ApiKeysConfiguration.class)
public class SecurityConfiguration {

  @Bean
  SecurityFilterChain doors(
      HttpSecurity http, ApiKeys keys, SecurityProperties properties, JsonMapper json)
      throws Exception {
    String[] open = properties.openPaths().toArray(String[]::new);
    return http.csrf(AbstractHttpConfigurer::disable) // no cookies, no sessions
        .formLogin(AbstractHttpConfigurer::disable)
        .httpBasic(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .addFilterBefore(new BearerKeyFilter(keys), AuthorizationFilter.class)
        .authorizeHttpRequests(requests ->
            requests
                .requestMatchers("/actuator/health/**", "/actuator/health")
                .permitAll()
                .requestMatchers(open)
                .permitAll()
                .requestMatchers("/actuator/prometheus")
                .hasAnyAuthority(ApiKey.METRICS, ApiKey.ADMIN)
                .anyRequest()
                .hasAuthority(ApiKey.ADMIN))
        .exceptionHandling(refusal ->
            refusal
                .authenticationEntryPoint((_, response, _) -> {
                  response.setHeader("WWW-Authenticate", "Bearer");
                  refuse(response, UNAUTHORIZED, "unauthorized", NO_KEY, json);
                })
                .accessDeniedHandler((_, response, _) ->
                    refuse(response, FORBIDDEN, "forbidden", WRONG_SCOPE, json)))
        .build();
  }

  private static final String NO_KEY =
      "This needs a key: send it in the header Authorization: Bearer <key>";
  private static final String WRONG_SCOPE = "This key's scopes don't include this";

  /** There are no users; without this bean Spring would invent one and print its password. */
  @Bean
  UserDetailsService noUsers() {
    return name -> {
      throw new UsernameNotFoundException("There are no users");
    };
  }

  private static void refuse(
      HttpServletResponse response, HttpStatus status, String name, String detail, JsonMapper json)
      throws IOException {
    ProblemDetail problem = Problems.of(status, name, detail);
    response.setStatus(status.value());
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response.getOutputStream().write(json.writeValueAsBytes(problem));
  }
}
