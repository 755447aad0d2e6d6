/// What the command line says: flags, their values, and help made from the same table.
@NullMarked
package dev.bowline.cli.args;

import org.jspecify.annotations.NullMarked;
