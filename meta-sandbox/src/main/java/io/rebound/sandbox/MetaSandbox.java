package io.rebound.sandbox;

import io.rebound.sandbox.https.HttpsConnector;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * A running simulator of the Graph API and the WhatsApp Cloud API: a context of its own, which
 * shares nothing with others in the same JVM. Once {@link #start} returns, it answers.
 */
public final class MetaSandbox implements AutoCloseable {
  private final ConfigurableApplicationContext context;
  private final int port;

  private MetaSandbox(ConfigurableApplicationContext context) {
    this.context = context;
    var web = (WebServerApplicationContext) context;
    this.port = Objects.requireNonNull(web.getWebServer(), "no web server").getPort();
  }

  /**
   * Starts a sandbox that lives until it is closed.
   *
   * @param properties win over the file's; {@code server.port} 0 takes a free port
   */
  public static MetaSandbox start(Map<String, Object> properties) {
    return new MetaSandbox(launch(properties, false));
  }

  /** Where a Graph client points to, without a slash at the end. */
  public URI baseUrl() {
    return URI.create("http://localhost:" + port);
  }

  /** The port it listens at. */
  public int port() {
    return port;
  }

  /** Where it serves the same over HTTPS, if {@code sandbox.https.port} is set. */
  public int httpsPort() {
    return https().port().orElseThrow(() -> new IllegalStateException("HTTPS is off"));
  }

  /** The certificate that makes a client trust the sandbox over HTTPS, as PEM. */
  public Path certificateAuthority() {
    return https().authority().orElseThrow(() -> new IllegalStateException("HTTPS is off"));
  }

  private HttpsConnector https() {
    return context.getBean(HttpsConnector.class);
  }

  @Override
  public void close() {
    context.close();
  }

  /** Starts the sandbox on its own, with the settings of its file and the command line. */
  public static void main(String[] arguments) {
    launch(Map.of(), true, arguments);
  }

  private static ConfigurableApplicationContext launch(
      Map<String, Object> properties, boolean alone, String... arguments) {
    var application = new SpringApplication(SandboxApplication.class);
    application.setWebApplicationType(WebApplicationType.SERVLET);
    application.setBannerMode(Banner.Mode.OFF);
    application.setLogStartupInfo(false);
    application.setRegisterShutdownHook(alone);
    application.addInitializers(context ->
        context
            .getEnvironment()
            .getPropertySources()
            .addFirst(new MapPropertySource("given", properties)));
    return application.run(withConfigName(arguments));
  }

  // the name of the configuration file is read before any initializer runs
  private static String[] withConfigName(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "--spring.config.name=sandbox";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return all;
  }
}
