package io.rebound.ingest.doors;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.stereotype.Component;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/** Opens the event doors on the framework's port, on every connection before the framework. */
@Component
public class EventDoors implements NettyServerCustomizer {
  private final Map<String, Door> doors = new HashMap<>();
  private final DoorsProperties properties;
  private final Clock clock;

  EventDoors(List<Door> doors, DoorsProperties properties, Clock clock) {
    for (Door door : doors) {
      door.paths().forEach(path -> this.doors.put(path, door));
    }
    this.properties = properties;
    this.clock = clock;
  }

  @Override
  public HttpServer apply(HttpServer server) {
    return server.doOnChannelInit((_, channel, _) ->
        channel
            .pipeline()
            .addBefore(
                NettyPipeline.HttpTrafficHandler,
                "doors",
                new DoorHandler(this, properties, clock)));
  }

  /** The door at that path, which has no slash at either end. */
  @Nullable Door at(String path) {
    return doors.get(path);
  }
}
