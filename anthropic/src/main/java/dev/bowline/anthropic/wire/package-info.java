/// The Messages API as bytes: requests out, server-sent events and replies in.
@NullMarked
package dev.bowline.anthropic.wire;

import org.jspecify.annotations.NullMarked;
