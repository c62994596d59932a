package io.rebound.ingest.doors;

import io.netty.channel.ChannelOption;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.stereotype.Component;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/** Opens the event doors on the framework's port, on every connection before the framework. */
@Component
class EventDoors implements NettyServerCustomizer {
  private final Map<String, Door> doors = new HashMap<>();
  private final Map<PathPattern, Door> patterns = new LinkedHashMap<>();
  private final DoorsProperties properties;
  private final Clock clock;

  EventDoors(List<Door> doors, DoorsProperties properties, Clock clock) {
    for (Door door : doors) {
      for (String path : door.paths()) {
        if (path.contains("{")) {
          patterns.put(PathPattern.of(path), door);
        } else {
          this.doors.put(path, door);
        }
      }
    }
    this.properties = properties;
    this.clock = clock;
  }

  @Override
  public HttpServer apply(HttpServer server) {
    return server
        // who has sent all and closes that half still gets its answer
        .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
        .doOnChannelInit((_, channel, _) ->
            channel
                .pipeline()
                .addBefore(
                    NettyPipeline.HttpTrafficHandler,
                    "doors",
                    new DoorHandler(this, properties, clock)));
  }

  /** The door at that path, which has no slash at either end. */
  @Nullable Door at(String path) {
    Door exact = doors.get(path);
    return exact != null
        ? exact
        : patterns.entrySet().stream()
            .filter(entry -> entry.getKey().matches(path))
            .map(Map.Entry::getValue)
            .findFirst()
            .orElse(null);
  }
}
