/// How failures are named: one exception type with a stable code, shared by docs, logs and wire.
@NullMarked
package dev.bowline.error;

import org.jspecify.annotations.NullMarked;
