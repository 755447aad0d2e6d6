/// From a command line to the facts that permissions are decided on: what each program that it may
/// start reads, writes and starts itself. Looks at the disk, never runs anything.
@NullMarked
package dev.bowline.tools.command;

import org.jspecify.annotations.NullMarked;
