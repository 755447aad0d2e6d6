/// Hooks that settings name: commands, addresses and tools of servers that are told of events and
/// may change or refuse what follows.
@NullMarked
package dev.bowline.project.hook;

import org.jspecify.annotations.NullMarked;
