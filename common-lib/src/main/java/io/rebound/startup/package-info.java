/** How every service is launched, alone or beside the others in one JVM. */
@NullMarked
package io.rebound.startup;

import org.jspecify.annotations.NullMarked;
