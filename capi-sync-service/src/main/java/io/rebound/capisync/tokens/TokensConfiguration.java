package io.rebound.capisync.tokens;

import io.rebound.meta.KeptTokens;
import io.rebound.meta.MetaProperties;
import io.rebound.meta.RotatingTokens;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Kept tokens are taken over before anything calls Meta. */
@Configuration(proxyBeanMethods = false)
class TokensConfiguration {

  @Bean(initMethod = "takeOver")
  KeptTokens keptTokens(RotatingTokens tokens, TokenTable table, MetaProperties properties) {
    return new KeptTokens(tokens, table, properties);
  }
}
