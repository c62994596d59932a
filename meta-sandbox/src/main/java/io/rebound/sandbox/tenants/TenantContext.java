package io.rebound.sandbox.tenants;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.rebound.sandbox.SandboxProperties;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.context.ConfigurationPropertiesAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.servlet.autoconfigure.MultipartAutoConfiguration;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;

/**
 * What a tenant's context is made of: all of the sandbox but its web server and its tenants. It is
 * no {@code @Configuration}, or the default's context would find it too.
 */
@ComponentScan(
    basePackageClasses = SandboxProperties.class,
    excludeFilters = {
      @ComponentScan.Filter(SpringBootApplication.class),
      @ComponentScan.Filter(
          type = FilterType.ASSIGNABLE_TYPE,
          classes = WebServerFactoryCustomizer.class),
      @ComponentScan.Filter(
          type = FilterType.REGEX,
          pattern = "io\\.rebound\\.sandbox\\.tenants\\..*")
    })
@ConfigurationPropertiesScan(basePackageClasses = SandboxProperties.class)
@ImportAutoConfiguration({
  ConfigurationPropertiesAutoConfiguration.class,
  DispatcherServletAutoConfiguration.class,
  HttpMessageConvertersAutoConfiguration.class,
  JacksonAutoConfiguration.class,
  MultipartAutoConfiguration.class,
  TaskExecutionAutoConfiguration.class,
  TaskSchedulingAutoConfiguration.class,
  WebMvcAutoConfiguration.class
})
class TenantContext {
  /** Measures nothing: metrics of the same name would be the default's. */
  @Bean
  MeterRegistry meters() {
    return new CompositeMeterRegistry();
  }
}
