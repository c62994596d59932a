package io.rebound.pseudonyms;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Pseudonyms for a service that knows the pepper: ingest, identity and whatsapp. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PseudonymsConfiguration.PseudonymsProperties.class)
public class PseudonymsConfiguration {

  /**
   * @param pepperFile JSON, see {@link Pepper#read}
   */
  @ConfigurationProperties("rebound.pseudonyms")
  record PseudonymsProperties(Path pepperFile) {
    PseudonymsProperties {
      if (pepperFile == null) {
        throw new IllegalArgumentException("rebound.pseudonyms.pepper-file must be set");
      }
    }
  }

  @Bean
  Pseudonyms pseudonyms(PseudonymsProperties properties) {
    return new Pseudonyms(Pepper.read(properties.pepperFile()));
  }
}
