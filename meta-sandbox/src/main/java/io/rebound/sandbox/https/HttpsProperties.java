package io.rebound.sandbox.https;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** Whether the sandbox serves HTTPS too; {@code sandbox.yml} explains and defaults each. */
@ConfigurationProperties("sandbox.https")
record HttpsProperties(@Nullable Integer port, Path folder) {
  static final int OFF = -1;

  /** Where to listen; 0 for any free port, {@link #OFF} for nowhere. */
  int listenAt() {
    return port == null ? OFF : port;
  }
}
