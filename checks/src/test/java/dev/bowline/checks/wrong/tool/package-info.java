/// Tools.
@NullMarked
package dev.bowline.checks.wrong.tool;

import org.jspecify.annotations.NullMarked;
