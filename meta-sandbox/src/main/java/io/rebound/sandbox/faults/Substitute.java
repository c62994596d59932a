package io.rebound.sandbox.faults;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * An answer in place of the real one.
 *
 * @param json the body, unless it is a page
 * @param html the body if it is a page, as gateways send it
 */
public record Substitute(
    int status, @Nullable ObjectNode json, @Nullable String html, Map<String, String> headers) {}
