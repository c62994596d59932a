package io.rebound.audit;

import io.micrometer.core.instrument.MeterRegistry;
import io.rebound.security.SecurityProperties;
import io.rebound.startup.Misconfigured;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The audit of a service that has a data source with the tables of {@code db/audit}, a {@link
 * Clock} and keys for its callers: {@link AuditLog} and {@code GET /v1/audit}.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AuditProperties.class)
@EnableScheduling
@Import(AuditController.class)
public class AuditConfiguration {

  AuditConfiguration(SecurityProperties security) {
    if (security.keys().stream().anyMatch(key -> key.name().equals(AuditEntry.SYSTEM))) {
      throw new Misconfigured(
          "rebound.security.keys: no key can be called system: the audit calls the service so");
    }
  }

  @Bean
  AuditTable auditTable(JdbcClient jdbc) {
    return new AuditTable(jdbc);
  }

  @Bean
  AuditMeters auditMeters(
      MeterRegistry registry, @Value("${spring.application.name}") String service) {
    return new AuditMeters(registry, service);
  }

  @Bean
  AuditLog auditLog(
      AuditTable table, PlatformTransactionManager transactions, Clock clock, AuditMeters meters) {
    return new AuditLog(table, new TransactionTemplate(transactions), clock, meters);
  }

  @Bean
  AuditKeyFiles auditKeyFiles(AuditLog audit) {
    return new AuditKeyFiles(audit);
  }

  @Bean
  AuditVerifier auditVerifier(
      AuditTable table, AuditMeters meters, PlatformTransactionManager transactions) {
    return new AuditVerifier(table, meters, transactions);
  }

  @Bean
  AuditRetention auditRetention(
      AuditTable table,
      AuditLog audit,
      PlatformTransactionManager transactions,
      Clock clock,
      AuditProperties properties) {
    return new AuditRetention(
        table, audit, new TransactionTemplate(transactions), clock, properties.retention());
  }

  @Bean
  AuditWatch auditWatch(AuditTable table, AuditVerifier verifier) {
    return new AuditWatch(table, verifier);
  }
}
