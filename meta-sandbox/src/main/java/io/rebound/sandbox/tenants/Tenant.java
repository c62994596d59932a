package io.rebound.sandbox.tenants;

import io.rebound.sandbox.calls.LogCalls;
import io.rebound.sandbox.page.Viewers;
import io.rebound.sandbox.tokens.Tokens;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.DispatcherServlet;

/**
 * A tenant that answers: a context of its own behind the sandbox's port, which shares nothing with
 * other tenants' but the web server and the process.
 */
final class Tenant implements AutoCloseable {
  private final TenantSettings settings;
  private final AnnotationConfigWebApplicationContext context;
  private final DispatcherServlet servlet;
  private final LogCalls log;
  private final Tokens tokens;

  private Tenant(TenantSettings settings, AnnotationConfigWebApplicationContext context) {
    this.settings = settings;
    this.context = context;
    this.servlet = context.getBean(DispatcherServlet.class);
    this.log = context.getBean(LogCalls.class);
    this.tokens = context.getBean(Tokens.class);
  }

  /** Opens it with the state that its journal has. */
  static Tenant open(
      TenantSettings settings, ConfigurableEnvironment environment, ServletContext server) {
    var context = new AnnotationConfigWebApplicationContext();
    context.setDisplayName("tenant " + settings.name());
    context.setServletContext(server);
    context.setEnvironment(environment);
    context.register(TenantContext.class);
    try {
      context.refresh();
      var tenant = new Tenant(settings, context);
      tenant.servlet.setPublishContext(false); // nobody else is to find it
      tenant.servlet.init(new TenantServlet(settings.name(), server));
      return tenant;
    } catch (ServletException e) {
      context.close();
      throw new IllegalStateException("A tenant can't be opened", e);
    }
  }

  TenantSettings settings() {
    return settings;
  }

  /** Whether a call that shows this is its own: one of its tokens, or its app's secret. */
  boolean knows(String credential) {
    return tokens.find(credential).isPresent() || isSecret(credential);
  }

  private boolean isSecret(String credential) {
    return MessageDigest.isEqual(
        credential.getBytes(StandardCharsets.UTF_8),
        settings.appSecret().getBytes(StandardCharsets.UTF_8));
  }

  void serve(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    log.doFilter(request, response, servlet::service);
  }

  /** Ends the pages' streams, which the web server can't wait for. */
  void endPages() {
    context.getBean(Viewers.class).close();
  }

  @Override
  public void close() {
    servlet.destroy();
    context.close();
  }
}
