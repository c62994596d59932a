package io.rebound.sealing;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An opener for a service that envelopes are sealed to: capi-sync, whatsapp and identity. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OpenerConfiguration.SealingProperties.class)
public class OpenerConfiguration {

  /**
   * @param privateKeyFile this service's keyset, Tink's JSON
   */
  @ConfigurationProperties("rebound.sealing")
  public record SealingProperties(Path privateKeyFile) {
    public SealingProperties {
      if (privateKeyFile == null) {
        throw new IllegalArgumentException("rebound.sealing.private-key-file must be set");
      }
    }
  }

  @Bean
  Opener opener(SealingProperties properties) {
    return Opener.fromPrivateKeyset(properties.privateKeyFile());
  }
}
