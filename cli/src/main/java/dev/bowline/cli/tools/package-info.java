/// `bowline tools`: looks at the tools and runs one.
@NullMarked
package dev.bowline.cli.tools;

import org.jspecify.annotations.NullMarked;
