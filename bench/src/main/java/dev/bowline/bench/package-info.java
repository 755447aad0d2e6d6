/// Benchmarks: what one step costs, and the side-by-side driver.
@NullMarked
package dev.bowline.bench;

import org.jspecify.annotations.NullMarked;
