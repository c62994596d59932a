package io.rebound.identity.privacy;

import io.rebound.sealing.OpenerConfiguration;
import io.rebound.sealing.Sealer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What identity seals with: its own share of exports is kept like the others'. */
@Configuration(proxyBeanMethods = false)
class OwnKeys {

  @Bean
  Sealer sealer(OpenerConfiguration.SealingProperties properties) {
    return Sealer.toOwner(properties.privateKeyFile());
  }
}
