package io.rebound.ingest.spool;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The spool on connections of its own. */
@Configuration(proxyBeanMethods = false)
class SpoolConfiguration {
  private static final int CONNECTIONS = 3; // who writes, who drains, who measures
  private static final Duration CONNECTING = Duration.ofSeconds(1);
  private static final Duration ANSWERING = Duration.ofSeconds(10);

  /**
   * A flood of refused events can't take these connections, and a database that is away is known to
   * be within a second.
   */
  @Bean(destroyMethod = "close")
  SpoolConnections spoolConnections(DataSource quarantine) throws SQLException {
    HikariDataSource configured = quarantine.unwrap(HikariDataSource.class);
    var config = new HikariConfig();
    config.setJdbcUrl(configured.getJdbcUrl());
    config.setUsername(configured.getUsername());
    config.setPassword(configured.getPassword());
    configured
        .getDataSourceProperties()
        .forEach((name, value) -> config.addDataSourceProperty(name.toString(), value));
    config.setPoolName("spool");
    config.setMaximumPoolSize(CONNECTIONS);
    config.setMinimumIdle(1); // the first request after a failure doesn't wait for a connection
    config.setConnectionTimeout(CONNECTING.toMillis());
    config.setInitializationFailTimeout(-1);
    config.addDataSourceProperty("connectTimeout", CONNECTING.toSeconds());
    config.addDataSourceProperty("socketTimeout", ANSWERING.toSeconds());
    return new SpoolConnections(new HikariDataSource(config));
  }

  /** Not a data source in the context, where it would be in the way of the other. */
  record SpoolConnections(HikariDataSource pool) {
    void close() {
      pool.close();
    }
  }

  @Bean
  SpooledEvents spooledEvents(SpoolConnections connections) {
    return new SpooledEvents(JdbcClient.create(connections.pool()));
  }

  @Bean
  SpoolDatabase spoolDatabase() {
    return new SpoolDatabase();
  }

  @Bean
  SpoolSize spoolSize(SpoolProperties properties, Clock clock, MeterRegistry metrics) {
    return new SpoolSize(properties.limit().toBytes(), clock, metrics);
  }

  @Bean(destroyMethod = "close")
  SpoolWriter spoolWriter(
      SpooledEvents table,
      SpoolSize size,
      SpoolDatabase database,
      SpoolProperties properties,
      MeterRegistry metrics) {
    return new SpoolWriter(table, size, database, properties.buffer().toBytes(), metrics).start();
  }

  @Bean
  Spool spool(
      SpooledEvents table,
      SpoolWriter writer,
      SpoolSize size,
      SpoolDatabase database,
      SpoolProperties properties) {
    return new Spool(table, writer, size, database, properties);
  }
}
