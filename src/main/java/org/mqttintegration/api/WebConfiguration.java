package org.mqttintegration.api;

import org.apache.catalina.core.StandardHost;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.handler.MappedInterceptor;

/** What Spring MVC and Tomcat do beside Camel. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration implements WebMvcConfigurer {

  /** As a bean of this type it is found by Camel's handler mapping too. */
  @Bean
  MappedInterceptor requestGate(Contract contract) {
    return new MappedInterceptor(new String[] {"/api/**"}, new RequestGate(contract));
  }

  /** Behind that one, and in front of what routes of files take in as well. */
  @Bean
  MappedInterceptor packedBodyGate() {
    return new MappedInterceptor(new String[] {"/api/**", "/ingest/**"}, new PackedBodyGate());
  }

  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> problemsFromTomcat() {
    return factory ->
        factory.addContextCustomizers(
            context ->
                ((StandardHost) context.getParent())
                    .setErrorReportValveClass(ProblemValve.class.getName()));
  }

  /** In front of all else, so that everybody sees who asks. */
  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> trustedProxies(ApiProperties settings) {
    return factory -> {
      if (!settings.trustedProxies().isEmpty()) {
        factory.addEngineValves(new TrustedProxies(settings.trustedProxies()));
      }
    };
  }

  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    // ours first: it points to our contract, and nowhere else
    registry
        .addResourceHandler("/swagger-ui/**")
        .addResourceLocations(
            "classpath:/static/swagger-ui/", Webjar.location("org.webjars", "swagger-ui"));
  }

  @Override
  public void addViewControllers(ViewControllerRegistry registry) {
    registry.addRedirectViewController("/swagger-ui", "/swagger-ui/");
    registry.addViewController("/swagger-ui/").setViewName("forward:/swagger-ui/index.html");
  }
}
