/// The Messages API as a model.
@NullMarked
package dev.bowline.anthropic;

import org.jspecify.annotations.NullMarked;
