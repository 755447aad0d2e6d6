/// Running shell commands: in front, in the background, and ending them with all they started.
@NullMarked
package dev.bowline.tools.shell;

import org.jspecify.annotations.NullMarked;
