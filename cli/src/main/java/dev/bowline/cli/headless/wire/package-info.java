/// What a host says, line by line.
@NullMarked
package dev.bowline.cli.headless.wire;

import org.jspecify.annotations.NullMarked;
