package io.rebound.sandbox.faults;

import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/** Ends connections without an answer, for requests marked so. */
@Component
public final class AbruptEnd implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
  private static final String MARK = AbruptEnd.class.getName();

  /** Makes the connection of this request end without an answer, once the request is done. */
  public static void mark(ServletRequest request) {
    request.setAttribute(MARK, true);
  }

  /** Whether the connection of this request ends without an answer. */
  public static boolean isMarked(ServletRequest request) {
    return request.getAttribute(MARK) != null;
  }

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    factory.addEngineValves(new Cut());
  }

  private static final class Cut extends ValveBase {
    Cut() {
      super(true);
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
      getNext().invoke(request, response);
      if (isMarked(request)) {
        response.getCoyoteResponse().action(ActionCode.CLOSE_NOW, null);
      }
    }
  }
}
