package io.rebound.startup;

import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/**
 * Starts a service, alone in its process or beside others in one JVM. Each reads its own
 * configuration, {@code <configName>.yml}, so that they don't meet.
 */
public final class ServiceLauncher {
  private static final String ACCESS_LOG =
      "%t %m %{org.springframework.web.servlet.HandlerMapping.bestMatchingPattern}r %s %B %D";

  private ServiceLauncher() {}

  /**
   * Returns when the service answers; throws what kept it from starting.
   *
   * @param configName the service's short name, for instance {@code capi-sync}
   * @param properties settings that win over files, environment and arguments
   */
  public static ConfigurableApplicationContext launch(
      Class<?> service,
      String configName,
      WebApplicationType type,
      Map<String, Object> properties,
      String... arguments) {
    var application = new SpringApplication(service);
    application.setWebApplicationType(type);
    application.setBannerMode(Banner.Mode.OFF);
    application.setLogStartupInfo(false);
    // the process decides when it stops: with several services in one JVM each would otherwise stop
    // by itself, in any order
    application.setRegisterShutdownHook(properties.isEmpty());
    application.addInitializers(context ->
        context
            .getEnvironment()
            .getPropertySources()
            .addFirst(new MapPropertySource("given", properties)));
    var defaults = new HashMap<String, Object>();
    defaults.put("spring.application.name", configName);
    defaults.put("logging.structured.format.console", "ecs"); // JSON, with the facts as fields
    // addresses of requests may say whom somebody looks for: neither a mistaken one nor an access
    // log, where one is switched on, is told by more than its route
    defaults.put("logging.level.org.springframework.web.servlet.PageNotFound", "off");
    defaults.put("server.tomcat.accesslog.pattern", ACCESS_LOG);
    application.setDefaultProperties(defaults);
    return application.run(withConfigName(configName, arguments));
  }

  // the name of the configuration file is read before default properties and initializers apply
  private static String[] withConfigName(String configName, String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "--spring.config.name=" + configName;
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return all;
  }
}
