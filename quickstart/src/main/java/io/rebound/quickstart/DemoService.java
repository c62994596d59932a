package io.rebound.quickstart;

import io.rebound.capisync.CapiSyncService;
import io.rebound.catalogfeed.CatalogFeedService;
import io.rebound.identity.IdentityService;
import io.rebound.ingest.IngestService;
import io.rebound.segmentation.SegmentationService;
import io.rebound.startup.ServiceLauncher;
import io.rebound.whatsapp.WhatsappService;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

/** The services as the quickstart starts them: by the same launcher as each one's own main. */
enum DemoService {
  INGEST("ingest", IngestService.class, WebApplicationType.REACTIVE, Ports::ingest),
  IDENTITY("identity", IdentityService.class, WebApplicationType.SERVLET, Ports::identity),
  SEGMENTATION(
      "segmentation", SegmentationService.class, WebApplicationType.SERVLET, Ports::segmentation),
  CAPI_SYNC("capi-sync", CapiSyncService.class, WebApplicationType.SERVLET, Ports::capiSync),
  CATALOG_FEED(
      "catalog-feed", CatalogFeedService.class, WebApplicationType.SERVLET, Ports::catalogFeed),
  WHATSAPP("whatsapp", WhatsappService.class, WebApplicationType.SERVLET, Ports::whatsapp);

  private final String title;
  private final Class<?> main;
  private final WebApplicationType type;
  private final ToIntFunction<Ports> port;

  DemoService(String title, Class<?> main, WebApplicationType type, ToIntFunction<Ports> port) {
    this.title = title;
    this.main = main;
    this.type = type;
    this.port = port;
  }

  /** Also the configuration name and the database. */
  String title() {
    return title;
  }

  int port(Ports ports) {
    return port.applyAsInt(ports);
  }

  ConfigurableApplicationContext launch(Map<String, Object> settings) {
    return ServiceLauncher.launch(main, title, type, settings);
  }
}
