package io.rebound.ingest;

import io.rebound.audit.AuditConfiguration;
import io.rebound.consumption.PatientConsumptionConfiguration;
import io.rebound.deadletters.DeadLettersConfiguration;
import io.rebound.privacy.PrivacyConfiguration;
import io.rebound.pseudonyms.PseudonymsConfiguration;
import io.rebound.security.ApiKeysConfiguration;
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

/** The front doors: takes events, makes them safe to pass on, and answers when Kafka has them. */
@SpringBootConfiguration
@EnableAutoConfiguration
@ComponentScan
@ConfigurationPropertiesScan
@EnableScheduling
@Import({
  AuditConfiguration.class,
  ClockConfiguration.class,
  ApiKeysConfiguration.class,
  DeadLettersConfiguration.class,
  PatientConsumptionConfiguration.class,
  PrivacyConfiguration.class,
  PseudonymsConfiguration.class
})
public class IngestService {
  public static void main(String[] arguments) {
    ServiceLauncher.launch(
        IngestService.class, "ingest", WebApplicationType.REACTIVE, Map.of(), arguments);
  }
}
