/// Paths as calls name them and what they lead to on disk: resolved once, decided on, and acted on
/// through directory handles.
@NullMarked
package dev.bowline.tools.path;

import org.jspecify.annotations.NullMarked;
