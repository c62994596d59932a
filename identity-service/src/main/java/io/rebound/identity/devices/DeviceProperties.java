package io.rebound.identity.devices;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How anonymous events find their person.
 *
 * @param stitchBack an anonymous event belongs to the first person who signs in on its device
 *     within this time after it
 * @param retention how long sign-ins are kept, counted from their arrival; a device's last one
 *     stays
 * @param mostOfVisitor devices that were seen together in an event which nobody owns are one
 *     visitor; beyond so many such combinations no more are joined
 */
@ConfigurationProperties("rebound.identity.devices")
public record DeviceProperties(
    @DefaultValue("30d") Duration stitchBack,
    @DefaultValue("90d") Duration retention,
    @DefaultValue("1000") int mostOfVisitor) {}
