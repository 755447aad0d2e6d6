/// The agentic loop: decide, act, record. Not exported.
@NullMarked
package dev.bowline.loop;

import org.jspecify.annotations.NullMarked;
