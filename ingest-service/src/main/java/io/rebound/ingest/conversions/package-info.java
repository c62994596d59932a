/** The door that takes the Conversions API's form and refuses as Meta does. */
@NullMarked
package io.rebound.ingest.conversions;

import org.jspecify.annotations.NullMarked;
