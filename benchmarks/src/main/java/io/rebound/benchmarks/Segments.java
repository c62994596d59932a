package io.rebound.benchmarks;

import io.rebound.quickstart.Ports;
import io.rebound.quickstart.demo.DemoFailed;
import io.rebound.quickstart.demo.Http;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The same three audiences as the demo: a platform without any would have less to do. */
final class Segments {
  private Segments() {}

  static void put(Ports ports) throws DemoFailed, IOException {
    var http = new Http();
    for (String segment : List.of("champions", "at-risk", "cart-abandoners")) {
      http.put(
          "http://localhost:" + ports.segmentation() + "/v1/segments/" + segment,
          "demo-admin-key",
          Files.readString(Path.of("samples", "segments", segment + ".json")));
    }
  }
}
