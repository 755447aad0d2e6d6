/// Transcripts.
@NullMarked
package dev.bowline.checks.wrong.transcript;

import org.jspecify.annotations.NullMarked;
