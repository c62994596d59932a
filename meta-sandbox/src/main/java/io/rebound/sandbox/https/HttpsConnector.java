package io.rebound.sandbox.https;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Serves the same doors over HTTPS at a second port, because Meta's Java SDK calls nothing else.
 * Its certificate's age is the system's business, not that of the sandbox's movable clock.
 */
@Component
public final class HttpsConnector
    implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {
  private static final int LARGEST_BODY = 64 * 1024 * 1024; // as over HTTP

  private final HttpsProperties properties;
  private volatile @Nullable Connector connector;
  private volatile @Nullable Path authority;

  HttpsConnector(HttpsProperties properties) {
    this.properties = properties;
  }

  /** The port it listens at; empty if HTTPS is off. */
  public Optional<Integer> port() {
    return Optional.ofNullable(connector).map(Connector::getLocalPort);
  }

  /** The certificate of the authority that clients are to trust; empty if HTTPS is off. */
  public Optional<Path> authority() {
    return Optional.ofNullable(authority);
  }

  @Override
  public void customize(TomcatServletWebServerFactory factory) {
    if (properties.listenAt() == HttpsProperties.OFF) {
      return;
    }
    try {
      var certificates = Certificates.in(properties.folder(), Clock.systemUTC());
      var made = connector(factory, certificates);
      factory.addAdditionalConnectors(made);
      authority = certificates.authority();
      connector = made;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Connector connector(TomcatServletWebServerFactory factory, Certificates certificates) {
    var https = new Connector();
    https.setPort(properties.listenAt());
    https.setScheme("https");
    https.setSecure(true);
    https.setMaxPostSize(LARGEST_BODY);
    if (https.getProtocolHandler() instanceof AbstractHttp11Protocol<?> handler) {
      handler.setSSLEnabled(true);
      handler.setMaxSwallowSize(LARGEST_BODY);
      handler.setExecutor(new VirtualThreadExecutor("https-"));
      if (factory.getAddress() != null) {
        handler.setAddress(factory.getAddress());
      }
    }
    https.addSslHostConfig(host(certificates));
    return https;
  }

  private static SSLHostConfig host(Certificates certificates) {
    var host = new SSLHostConfig();
    var certificate = new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
    certificate.setCertificateKeystoreFile(certificates.keys().toString());
    certificate.setCertificateKeystoreType("PKCS12");
    certificate.setCertificateKeystorePassword(Certificates.PASSWORD);
    certificate.setCertificateKeyAlias(Certificates.SERVER);
    host.addCertificate(certificate);
    return host;
  }
}
