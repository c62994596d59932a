package io.rebound.privacy;

import io.rebound.sealing.Sealer;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** {@link AnswerPrivacyOrders} for a service that has a {@link PersonalData} bean. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PrivacyConfiguration.PrivacyProperties.class)
public class PrivacyConfiguration {

  /**
   * @param identityPublicKeyFile keyset of identity, which opens access exports, Tink's JSON
   */
  @ConfigurationProperties("rebound.privacy")
  record PrivacyProperties(Path identityPublicKeyFile) {
    PrivacyProperties {
      if (identityPublicKeyFile == null) {
        throw new IllegalArgumentException("rebound.privacy.identity-public-key-file must be set");
      }
    }
  }

  @Bean
  AnswerPrivacyOrders answerPrivacyOrders(
      @Value("${spring.application.name}") String service,
      PersonalData data,
      PrivacyProperties properties,
      Clock clock) {
    Sealer identity = Sealer.fromPublicKeyset(properties.identityPublicKeyFile());
    return new AnswerPrivacyOrders(service, data, identity, clock);
  }
}
