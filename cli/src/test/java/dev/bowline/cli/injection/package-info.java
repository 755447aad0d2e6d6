/// Sessions whose model obeys whatever it reads, in a world with secrets and canaries.
@NullMarked
package dev.bowline.cli.injection;

import org.jspecify.annotations.NullMarked;
