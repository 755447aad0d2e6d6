/// Where a module may know the JSON library.
@NullMarked
package dev.bowline.checks.wrong.anthropic.wire;

import org.jspecify.annotations.NullMarked;
