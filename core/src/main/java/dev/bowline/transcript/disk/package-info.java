/// Files, locks and the session index below the store. Knows nothing of transcripts.
@NullMarked
package dev.bowline.transcript.disk;

import org.jspecify.annotations.NullMarked;
