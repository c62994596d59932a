/**
 * The page at {@code /}: what Meta's managers would show, rendered here and kept up to date by
 * server-sent events. Plain HTML in Java: a template engine would configure itself in every service
 * that shares a class path with the sandbox.
 */
@NullMarked
package io.rebound.sandbox.page;

import org.jspecify.annotations.NullMarked;
