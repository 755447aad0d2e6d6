/// A session is its transcript: numbered facts, the fold over them, and the stores that keep them.
@NullMarked
package dev.bowline.transcript;

import org.jspecify.annotations.NullMarked;
