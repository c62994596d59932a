/**
 * {@code ./rebound demo}: a shop that uses a running platform as any shop would, through its doors.
 */
@NullMarked
package io.rebound.quickstart.demo;

import org.jspecify.annotations.NullMarked;
