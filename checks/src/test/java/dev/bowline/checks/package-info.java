/// The house rules as tests. A rule says why it is there, and a second test shows that it can fail.
@NullMarked
package dev.bowline.checks;

import org.jspecify.annotations.NullMarked;
