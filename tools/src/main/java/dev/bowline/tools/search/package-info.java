/// Finding files and text: Glob, and Grep over ripgrep or an engine of its own.
@NullMarked
package dev.bowline.tools.search;

import org.jspecify.annotations.NullMarked;
