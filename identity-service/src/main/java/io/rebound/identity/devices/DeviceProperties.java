package io.rebound.identity.devices;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How anonymous events find their person.
 *
 * @param stitchBack an anonymous event belongs to the first person who signs in on its device
 *     within this time after it
 * @param retention how long anonymous events and sign-ins are kept, counted from their arrival
 */
@ConfigurationProperties("rebound.identity.devices")
public record DeviceProperties(
    @DefaultValue("30d") Duration stitchBack, @DefaultValue("90d") Duration retention) {}
