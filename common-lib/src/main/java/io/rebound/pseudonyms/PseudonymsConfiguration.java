package io.rebound.pseudonyms;

import io.rebound.startup.WatchedFiles;
import io.rebound.startup.WatchedFilesConfiguration;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Pseudonyms for a service that knows the pepper: ingest, identity and whatsapp. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PseudonymsConfiguration.PseudonymsProperties.class)
@Import(WatchedFilesConfiguration.class)
public class PseudonymsConfiguration {

  /**
   * @param pepperFile JSON, see {@link Pepper#read}; looked at again every other second
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
  Pseudonyms pseudonyms(PseudonymsProperties properties, WatchedFiles files) {
    return Pseudonyms.following(
        files.watch(
            properties.pepperFile(), (file, text) -> Pseudonyms.Keys.of(Pepper.parse(file, text))));
  }
}
