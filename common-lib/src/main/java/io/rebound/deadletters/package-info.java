/** Records a service could not process, kept with their reason until somebody retries them. */
@NullMarked
package io.rebound.deadletters;

import org.jspecify.annotations.NullMarked;
