/**
 * capi-sync: keeps Meta's datasets and Custom Audiences in step with what customers do and allow.
 */
@NullMarked
package io.rebound.capisync;

import org.jspecify.annotations.NullMarked;
