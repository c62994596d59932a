/**
 * The whole platform in one JVM: servers, services and sandbox, each service in its own Spring
 * context.
 */
@NullMarked
package io.rebound.quickstart;

import org.jspecify.annotations.NullMarked;
