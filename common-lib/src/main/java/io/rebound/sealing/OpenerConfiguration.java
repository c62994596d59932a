package io.rebound.sealing;

import io.rebound.startup.WatchedFiles;
import io.rebound.startup.WatchedFilesConfiguration;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** An opener for a service that envelopes are sealed to: capi-sync, whatsapp and identity. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OpenerConfiguration.SealingProperties.class)
@Import(WatchedFilesConfiguration.class)
public class OpenerConfiguration {

  /**
   * @param privateKeyFile this service's keyset, Tink's JSON; looked at again every other second
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
  Opener opener(SealingProperties properties, WatchedFiles files) {
    return Opener.following(files.watch(properties.privateKeyFile(), PrivateKeys::parse));
  }
}
