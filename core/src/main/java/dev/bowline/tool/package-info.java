/// What an agent can do: tools, their schemas, results, effects and registry.
@NullMarked
package dev.bowline.tool;

import org.jspecify.annotations.NullMarked;
