package io.rebound.segmentation;

import static org.springframework.boot.WebApplicationType.SERVLET;

import io.rebound.audit.AuditConfiguration;
import io.rebound.consumption.ConsumptionConfiguration;
import io.rebound.deadletters.DeadLettersConfiguration;
import io.rebound.privacy.ErasedPersonsConfiguration;
import io.rebound.privacy.PrivacyConfiguration;
import io.rebound.problems.ProblemsConfiguration;
import io.rebound.security.SecurityConfiguration;
import io.rebound.startup.ClockConfiguration;
import io.rebound.startup.ServiceLauncher;
import java.util.Map;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;

/** Knows what persons did, scores them and says who belongs to which segment. */
@SpringBootConfiguration
@EnableAutoConfiguration
@ComponentScan
@ConfigurationPropertiesScan
@Import({
  AuditConfiguration.class,
  ClockConfiguration.class,
  ConsumptionConfiguration.class,
  SecurityConfiguration.class,
  ProblemsConfiguration.class,
  DeadLettersConfiguration.class,
  ErasedPersonsConfiguration.class,
  PrivacyConfiguration.class
})
public class SegmentationService {
  public static void main(String... arguments) {
    ServiceLauncher.launch(SegmentationService.class, "segmentation", SERVLET, Map.of(), arguments);
  }
}
