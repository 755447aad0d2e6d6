/// Joins the parts: which model answers, which tools there are, where sessions are kept.
@NullMarked
package dev.bowline.cli.wiring;

import org.jspecify.annotations.NullMarked;
