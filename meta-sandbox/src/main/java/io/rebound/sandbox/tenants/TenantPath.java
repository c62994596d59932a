package io.rebound.sandbox.tenants;

import io.rebound.sandbox.SandboxProperties;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

/**
 * A request below a tenant's path as the tenant sees it: its paths begin behind its name. Its whole
 * address stays what the caller called, for the links in the answer.
 */
final class TenantPath extends HttpServletRequestWrapper {
  private TenantPath(HttpServletRequest request) {
    super(request);
  }

  /** The request itself if it isn't below a tenant's path. */
  static HttpServletRequest within(HttpServletRequest request) {
    return request.getRequestURI().startsWith(SandboxProperties.TENANTS)
        ? new TenantPath(request)
        : request;
  }

  /** The name in a tenant's path. */
  static String name(String path) {
    int from = SandboxProperties.TENANTS.length();
    int end = path.indexOf('/', from);
    return path.substring(from, end < 0 ? path.length() : end);
  }

  @Override
  public String getRequestURI() {
    return behindName(super.getRequestURI());
  }

  @Override
  public String getServletPath() {
    return behindName(super.getServletPath());
  }

  private static String behindName(String path) {
    int end = path.indexOf('/', SandboxProperties.TENANTS.length());
    return end < 0 ? "/" : path.substring(end);
  }
}
