/// Sessions that are too long, too many or too odd for everyday use, with figures.
@NullMarked
package dev.bowline.bench.synthetic;

import org.jspecify.annotations.NullMarked;
