/// Messages.
@NullMarked
package dev.bowline.checks.wrong.message;

import org.jspecify.annotations.NullMarked;
