package io.rebound.whatsapp;

import io.rebound.audit.AuditConfiguration;
import io.rebound.consumption.ConsumptionConfiguration;
import io.rebound.deadletters.DeadLettersConfiguration;
import io.rebound.meta.MetaClientConfiguration;
import io.rebound.privacy.ErasedPersonsConfiguration;
import io.rebound.privacy.PrivacyConfiguration;
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

/** Messages people over WhatsApp, and listens to what they answer. */
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
  PseudonymsConfiguration.class,
  SecurityConfiguration.class
})
public class WhatsappService {
  public static void main(String[] arguments) {
    ServiceLauncher.launch(
        WhatsappService.class, "whatsapp", WebApplicationType.SERVLET, Map.of(), arguments);
  }
}
