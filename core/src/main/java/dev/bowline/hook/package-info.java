/// Extension points that may change things: events and what a hook says about them.
@NullMarked
package dev.bowline.hook;

import org.jspecify.annotations.NullMarked;
