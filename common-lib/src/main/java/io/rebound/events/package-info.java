/**
 * What travels between services: events, persons, profiles, memberships, their topics and their
 * JSON.
 */
@NullMarked
package io.rebound.events;

import org.jspecify.annotations.NullMarked;
