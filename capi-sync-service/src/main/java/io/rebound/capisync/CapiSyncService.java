package io.rebound.capisync;

import io.rebound.audit.AuditConfiguration;
import io.rebound.consumption.ConsumptionConfiguration;
import io.rebound.deadletters.DeadLettersConfiguration;
import io.rebound.meta.MetaClientConfiguration;
import io.rebound.privacy.ErasedPersonsConfiguration;
import io.rebound.privacy.PrivacyConfiguration;
import io.rebound.problems.ProblemsConfiguration;
import io.rebound.sealing.OpenerConfiguration;
import io.rebound.security.SecurityConfiguration;
import io.rebound.startup.ClockConfiguration;
import io.rebound.startup.ServiceLauncher;
import java.util.Map;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.EnableScheduling;

/** Keeps Meta's Conversions API and Custom Audiences in step. */
@SpringBootConfiguration
@EnableAutoConfiguration
@ComponentScan
@ConfigurationPropertiesScan
@EnableScheduling
@Import({
  AuditConfiguration.class,
  ClockConfiguration.class,
  ConsumptionConfiguration.class,
  DeadLettersConfiguration.class,
  ErasedPersonsConfiguration.class,
  MetaClientConfiguration.class,
  OpenerConfiguration.class,
  PrivacyConfiguration.class,
  ProblemsConfiguration.class,
  SecurityConfiguration.class
})
public class CapiSyncService {
  public static void main(String[] arguments) {
    ServiceLauncher.launch(
        CapiSyncService.class, "capi-sync", WebApplicationType.SERVLET, Map.of(), arguments);
  }
}
