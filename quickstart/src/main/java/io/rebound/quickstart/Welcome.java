package io.rebound.quickstart;

/** What a user needs to know once everything runs. */
final class Welcome {
  private Welcome() {}

  static String table(Ports ports) {
    return """

    Doors          http://localhost:%d/v1/track, /v1/identify, /v1/batch   write key  demo-write-key
                   https://localhost:%d/v26.0/1000000001/events   (trust .rebound/ingest/https/ca.pem)
    Identity       http://localhost:%d/v1/persons                          admin key  demo-admin-key
    Segmentation   http://localhost:%d/v1/segments                             (header Authorization: Bearer …)
    CAPI sync      http://localhost:%d/v1/deliveries, /v1/audiences
    Catalogue      http://localhost:%d/v1/products, /feeds/3000000003.csv
    WhatsApp       http://localhost:%d/v1/triggers
    Meta sandbox   http://localhost:%d/   (what Meta would see)            token      demo-meta-token
                   https://localhost:%d   (trust .rebound/sandbox/https/ca.pem)
    Kafka          localhost:%d      PostgreSQL  localhost:%d

    Next: ./rebound demo in another terminal. Ctrl-C stops everything; the data stay in .rebound/.
    """
        .formatted(
            ports.ingest(),
            ports.ingestHttps(),
            ports.identity(),
            ports.segmentation(),
            ports.capiSync(),
            ports.catalogFeed(),
            ports.whatsapp(),
            ports.sandbox(),
            ports.sandboxHttps(),
            ports.kafka(),
            ports.postgres());
  }
}
