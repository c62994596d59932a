package io.rebound.meta;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.LocalDate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The client and its endpoints as beans, from {@link MetaProperties}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MetaProperties.class)
public class MetaClientConfiguration {
  private static final Logger log = LoggerFactory.getLogger(MetaClientConfiguration.class);

  @Bean
  RotatingTokens metaTokens(MetaProperties properties, ObjectProvider<Clock> clock) {
    var tokens = new RotatingTokens(clock.getIfUnique(Clock::systemUTC));
    if (properties.tokenFile() != null) {
      tokens.watch(Tokens.DEFAULT, properties.tokenFile());
    } else if (properties.token() != null) {
      tokens.replace(Tokens.DEFAULT, new Token(properties.token()));
    } else {
      throw new IllegalStateException(
          "No access token for Meta: set rebound.meta.token or rebound.meta.token-file");
    }
    return tokens;
  }

  @Bean(destroyMethod = "close")
  Transport metaTransport(MetaProperties properties, ObjectProvider<Clock> clock) {
    GraphVersions.remark(properties.version(), LocalDate.now(clock.getIfUnique(Clock::systemUTC)))
        .ifPresent(remark ->
            log.atWarn()
                .addKeyValue("version", properties.version())
                .addKeyValue("remark", remark)
                .log("The Graph API version in rebound.meta.version needs a look"));
    return new Transport(properties);
  }

  @Bean
  GraphClient graphClient(
      Transport transport,
      RotatingTokens tokens,
      MetaProperties properties,
      MeterRegistry metrics,
      ObjectProvider<Clock> clockBean) {
    Clock clock = clockBean.getIfUnique(Clock::systemUTC);
    return new GraphClient(
        transport,
        tokens,
        new Circuits(properties, metrics, clock),
        new Pace(clock, properties.concurrentCalls(), metrics),
        new Holds(tokens, properties.probeSetupEvery(), clock, metrics),
        new CallRecord(metrics, clock));
  }

  @Bean
  TokenWatch tokenWatch(
      GraphClient graph,
      RotatingTokens tokens,
      MeterRegistry metrics,
      ObjectProvider<Clock> clock) {
    return new TokenWatch(graph, tokens, clock.getIfUnique(Clock::systemUTC), metrics);
  }

  @Bean
  ConversionsApi conversionsApi(GraphClient graph) {
    return new ConversionsApi(graph);
  }

  @Bean
  CustomAudiences customAudiences(GraphClient graph) {
    return new CustomAudiences(graph);
  }

  @Bean
  Catalog metaCatalog(GraphClient graph) {
    return new Catalog(graph);
  }

  @Bean
  WhatsAppMessages whatsAppMessages(GraphClient graph) {
    return new WhatsAppMessages(graph);
  }

  @Bean
  MessageTemplates messageTemplates(GraphClient graph) {
    return new MessageTemplates(graph);
  }
}
