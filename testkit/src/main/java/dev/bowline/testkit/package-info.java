/// Doubles, contracts and fault injection for people who test agents.
@NullMarked
package dev.bowline.testkit;

import org.jspecify.annotations.NullMarked;
