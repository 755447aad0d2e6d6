/// The front door: [Agent] answers, [Session] is one conversation, [Turn] is one answer being made.
/// Start reading at `Agent`.
@NullMarked
package dev.bowline;

import org.jspecify.annotations.NullMarked;
