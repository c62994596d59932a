package io.rebound.sandbox.tenants;

import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletContext;
import java.util.Collections;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/** What a tenant's servlet is told about itself, since no web server started it. */
record TenantServlet(String name, ServletContext server) implements ServletConfig {
  @Override
  public String getServletName() {
    return "tenant-" + name;
  }

  @Override
  public ServletContext getServletContext() {
    return server;
  }

  @Override
  public @Nullable String getInitParameter(String name) {
    return null;
  }

  @Override
  public Enumeration<String> getInitParameterNames() {
    return Collections.emptyEnumeration();
  }
}
