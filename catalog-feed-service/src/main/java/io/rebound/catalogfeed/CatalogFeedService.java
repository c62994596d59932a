package io.rebound.catalogfeed;

import io.rebound.audit.AuditConfiguration;
import io.rebound.consumption.PatientConsumptionConfiguration;
import io.rebound.deadletters.DeadLettersConfiguration;
import io.rebound.privacy.PrivacyConfiguration;
import io.rebound.problems.ProblemsConfiguration;
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

/** Products and the feed. */
@SpringBootConfiguration
@EnableAutoConfiguration
@ComponentScan
@ConfigurationPropertiesScan
@EnableScheduling
@Import({
  AuditConfiguration.class,
  ClockConfiguration.class,
  DeadLettersConfiguration.class,
  PatientConsumptionConfiguration.class,
  PrivacyConfiguration.class,
  ProblemsConfiguration.class,
  SecurityConfiguration.class
})
public class CatalogFeedService {
  public static void main(String[] arguments) {
    ServiceLauncher.launch(
        CatalogFeedService.class, "catalog-feed", WebApplicationType.SERVLET, Map.of(), arguments);
  }
}
