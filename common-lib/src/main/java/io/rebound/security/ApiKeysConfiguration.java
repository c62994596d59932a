package io.rebound.security;

import java.util.stream.Stream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * The keys a service knows, and the refusal to start with demo secrets. Servlet services import
 * {@link SecurityConfiguration}, which includes this.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SecurityProperties.class)
public class ApiKeysConfiguration {

  @Bean
  ApiKeys apiKeys(SecurityProperties properties) {
    return new ApiKeys(properties);
  }

  @Bean
  DemoSecretsRefused demoSecretsRefused(
      SecurityProperties properties,
      ObjectProvider<ConfiguredSecret> secrets,
      ObjectProvider<ConfiguredSecrets> several,
      Environment environment) {
    return new DemoSecretsRefused(
        properties,
        Stream.concat(secrets.stream(), several.stream().flatMap(one -> one.all().stream()))
            .toList(),
        environment.getProperty("rebound.quickstart", boolean.class, false));
  }
}
