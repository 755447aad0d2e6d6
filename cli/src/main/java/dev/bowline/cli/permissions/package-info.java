/// `bowline permissions`: says what the rules decide about calls, without running any, and how they
/// came to it.
@NullMarked
package dev.bowline.cli.permissions;

import org.jspecify.annotations.NullMarked;
