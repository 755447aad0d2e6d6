/// The stream-json protocol: one JSON object per frame, made from a session's updates. The only
/// place that knows its names.
@NullMarked
package dev.bowline.cli.frame;

import org.jspecify.annotations.NullMarked;
