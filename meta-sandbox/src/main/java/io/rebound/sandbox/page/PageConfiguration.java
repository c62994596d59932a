package io.rebound.sandbox.page;

import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Serves the page's files, here and in no other service whose class path has them too. */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
class PageConfiguration implements WebMvcConfigurer {
  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    registry.setOrder(-1); // before the Graph API, which takes every path
    registry
        .addResourceHandler("/assets/**")
        .addResourceLocations(
            "classpath:/sandbox-page/assets/",
            "classpath:/META-INF/resources/webjars/htmx.org/2.0.10/dist/",
            "classpath:/META-INF/resources/webjars/htmx-ext-sse/2.2.2/")
        .setCacheControl(CacheControl.noCache());
  }
}
