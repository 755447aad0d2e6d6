/// JSON as immutable text, and the only place of the core that touches the JSON library.
@NullMarked
package dev.bowline.json;

import org.jspecify.annotations.NullMarked;
