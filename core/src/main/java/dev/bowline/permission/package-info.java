/// Whether a call may run: modes, rules, the pure policy and who is asked. No I/O.
@NullMarked
package dev.bowline.permission;

import org.jspecify.annotations.NullMarked;
