package io.rebound.sandbox;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A running simulator of the Graph API and the WhatsApp Cloud API: a context of its own, which
 * shares nothing with others in the same JVM. Once {@link #start} returns, it answers.
 */
public final class MetaSandbox implements AutoCloseable {
  private final ConfigurableApplicationContext context;
  private final int port;

  private MetaSandbox(ConfigurableApplicationContext context) {
    this.context = context;
    this.port = ((WebServerApplicationContext) context).getWebServer().getPort();
  }

  /** Starts a sandbox; the properties given win over the file's, {@code server.port} 0 is free. */
  public static MetaSandbox start(Map<String, Object> properties) {
    return new MetaSandbox(launch(properties));
  }

  /** Where a Graph client points to, without a slash at the end. */
  public URI baseUrl() {
    return URI.create("http://localhost:" + port);
  }

  /** The port it listens at. */
  public int port() {
    return port;
  }

  @Override
  public void close() {
    context.close();
  }

  /** Starts the sandbox on its own, with the settings of its file and the command line. */
  public static void main(String[] arguments) {
    launch(Map.of(), arguments);
  }

  private static ConfigurableApplicationContext launch(
      Map<String, Object> properties, String... arguments) {
    Map<String, Object> fixed = new HashMap<>(properties);
    fixed.put("spring.config.name", "sandbox");
    var application =
        new SpringApplicationBuilder(SandboxApplication.class)
            .web(WebApplicationType.SERVLET)
            .bannerMode(Banner.Mode.OFF)
            .registerShutdownHook(true)
            .initializers(new GivenProperties(fixed));
    application.properties(Map.of("spring.config.name", "sandbox"));
    return application.run(arguments);
  }
}
