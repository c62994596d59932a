package io.rebound.identity;

import io.rebound.audit.AuditConfiguration;
import io.rebound.consumption.ConsumptionConfiguration;
import io.rebound.deadletters.DeadLettersConfiguration;
import io.rebound.problems.ProblemsConfiguration;
import io.rebound.pseudonyms.PseudonymsConfiguration;
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

/** Who did it, and what they allow: the identity graph and the consent registry. */
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
  OpenerConfiguration.class,
  ProblemsConfiguration.class,
  PseudonymsConfiguration.class,
  SecurityConfiguration.class
})
public class IdentityService {
  public static void main(String[] arguments) {
    ServiceLauncher.launch(
        IdentityService.class, "identity", WebApplicationType.SERVLET, Map.of(), arguments);
  }
}
