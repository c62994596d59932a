package io.rebound.ingest.https;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.context.WebServerGracefulShutdownLifecycle;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.stereotype.Component;

/**
 * A second server with the same doors, settings and threads as the first, that speaks HTTPS. Off
 * unless a port is given.
 */
@Component
public final class HttpsServer implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(HttpsServer.class);

  private final HttpsProperties properties;
  private final ObjectProvider<SslBundles> bundles;
  private final ObjectProvider<NettyServerCustomizer> customizers;
  private final HttpHandler handler;
  private final ReactorResourceFactory resources;
  private final AutowireCapableBeanFactory beans;
  private volatile @Nullable WebServer server;

  HttpsServer(
      HttpsProperties properties,
      ObjectProvider<SslBundles> bundles,
      ObjectProvider<NettyServerCustomizer> customizers,
      HttpHandler handler,
      ReactorResourceFactory resources,
      AutowireCapableBeanFactory beans) {
    this.properties = properties;
    this.bundles = bundles;
    this.customizers = customizers;
    this.handler = handler;
    this.resources = resources;
    this.beans = beans;
  }

  /** The port it listens at; empty if HTTPS is off. */
  public OptionalInt port() {
    WebServer running = server;
    return running == null ? OptionalInt.empty() : OptionalInt.of(running.getPort());
  }

  @Override
  public void start() {
    Integer port = properties.port();
    if (port == null) {
      return;
    }
    WebServer starting = factory(port).getWebServer(handler);
    starting.start();
    server = starting;
    log.atInfo().addKeyValue("port", starting.getPort()).log("The doors are open over HTTPS too");
  }

  private NettyReactiveWebServerFactory factory(int port) {
    // the framework's customizers: address, limits and shutdown are those of the first server
    var factory =
        (NettyReactiveWebServerFactory)
            beans.initializeBean(new NettyReactiveWebServerFactory(), "httpsServerFactory");
    factory.setPort(port);
    factory.setSsl(Ssl.forBundle(properties.bundle()));
    factory.setSslBundles(bundles.getObject());
    factory.setResourceFactory(resources);
    customizers.orderedStream().forEach(factory::addServerCustomizers);
    return factory;
  }

  @Override
  public void stop(Runnable stopped) {
    WebServer stopping = server;
    if (stopping == null) {
      stopped.run();
      return;
    }
    stopping.shutDownGracefully(_ -> {
      stop();
      stopped.run();
    });
  }

  @Override
  public void stop() {
    WebServer stopping = server;
    if (stopping != null) {
      stopping.stop();
      server = null;
    }
  }

  @Override
  public boolean isRunning() {
    return server != null;
  }

  /** Together with the first server. */
  @Override
  public int getPhase() {
    return WebServerGracefulShutdownLifecycle.SMART_LIFECYCLE_PHASE;
  }
}
