/// `bowline sessions`: looks at stored sessions and keeps them in order.
@NullMarked
package dev.bowline.cli.sessions;

import org.jspecify.annotations.NullMarked;
