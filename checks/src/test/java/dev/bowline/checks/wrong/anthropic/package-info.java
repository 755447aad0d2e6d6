/// A module.
@NullMarked
package dev.bowline.checks.wrong.anthropic;

import org.jspecify.annotations.NullMarked;
