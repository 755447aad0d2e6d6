/// Reads command lines of bash 5.2 as a tree, without running or looking up anything. Whatever
/// isn't understood in full is a problem; no part of a command line is ever left out.
@NullMarked
package dev.bowline.tools.syntax;

import org.jspecify.annotations.NullMarked;
