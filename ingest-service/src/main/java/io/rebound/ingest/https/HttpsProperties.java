package io.rebound.ingest.https;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * HTTPS beside HTTP, for clients that speak nothing else, such as Meta's Java SDK, and where no
 * proxy ends TLS.
 *
 * @param port where to listen; unset: nowhere, 0: at any free port
 * @param bundle the SSL bundle with certificate chain and private key: {@code
 *     spring.ssl.bundle.pem.<bundle>.keystore.certificate} and {@code .private-key} name PEM files;
 *     with {@code .reload-on-update=true} a renewed certificate is taken up without a restart
 */
@ConfigurationProperties("rebound.ingest.https")
record HttpsProperties(@Nullable Integer port, @DefaultValue("https") String bundle) {}
