/// Programs to read, run and copy.
@NullMarked
package dev.bowline.examples;

import org.jspecify.annotations.NullMarked;
