/// Exchanges with a Messages API as files: recorded by a proxy, served again.
@NullMarked
package dev.bowline.testkit.replay;

import org.jspecify.annotations.NullMarked;
