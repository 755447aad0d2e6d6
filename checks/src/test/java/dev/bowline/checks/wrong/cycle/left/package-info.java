/// Half a cycle.
@NullMarked
package dev.bowline.checks.wrong.cycle.left;

import org.jspecify.annotations.NullMarked;
