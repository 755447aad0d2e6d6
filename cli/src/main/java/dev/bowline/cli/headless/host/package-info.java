/// Questions to the program at the other end of the pipes, and answers for it.
@NullMarked
package dev.bowline.cli.headless.host;

import org.jspecify.annotations.NullMarked;
