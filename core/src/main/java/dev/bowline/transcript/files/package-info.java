/// Files as they were before a session changed them, and the way back.
@NullMarked
package dev.bowline.transcript.files;

import org.jspecify.annotations.NullMarked;
