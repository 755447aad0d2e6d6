/// Bowline as a peer of the side-by-side benchmark: speaks its line protocol, uses the public API.
@NullMarked
package dev.bowline.bench.driver;

import org.jspecify.annotations.NullMarked;
