/// Half a cycle.
@NullMarked
package dev.bowline.checks.wrong.cycle.right;

import org.jspecify.annotations.NullMarked;
