/// A small house in which every rule is broken once, so that the rules are known to notice.
@NullMarked
package dev.bowline.checks.wrong;

import org.jspecify.annotations.NullMarked;
