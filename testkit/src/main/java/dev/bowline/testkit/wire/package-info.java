/// JSON reading and writing, the only place of this module that knows the JSON library.
@NullMarked
package dev.bowline.testkit.wire;

import org.jspecify.annotations.NullMarked;
