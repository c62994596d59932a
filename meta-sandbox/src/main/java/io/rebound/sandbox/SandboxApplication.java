package io.rebound.sandbox;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** The sandbox's own context; what others on the class path bring is switched off in its file. */
@SpringBootApplication
@ConfigurationPropertiesScan
class SandboxApplication {}
