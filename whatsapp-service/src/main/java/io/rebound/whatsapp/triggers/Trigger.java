package io.rebound.whatsapp.triggers;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * When somebody gets which template: some time after their last {@code event}, unless one of {@code
 * unless} came since.
 *
 * @param event Meta's standard name ({@code AddToCart}) or a custom one
 * @param after from one second to seven days
 * @param language exactly as the template has it
 * @param parameters what fills the template's {@code {{1}}}, {@code {{2}}} …, in order: {@code
 *     first_name}
 * @param fallbacks what stands for a parameter that a person lacks; without one they get no message
 */
public record Trigger(
    String name,
    String event,
    List<String> unless,
    Duration after,
    String template,
    String language,
    List<String> parameters,
    Map<String, String> fallbacks,
    boolean enabled,
    Instant updatedAt) {}
