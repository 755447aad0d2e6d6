/// Tools that live in the host's own process, reached through the control protocol.
@NullMarked
package dev.bowline.cli.headless.mcp;

import org.jspecify.annotations.NullMarked;
