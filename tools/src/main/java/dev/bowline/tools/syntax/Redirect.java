package dev.bowline.tools.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A redirection.
///
/// - `descriptor`: the digits, or the variable in `{ }`, before it; null for none
/// - `target`: the file, descriptor or text behind the operator; the end mark of a here-document
/// - `body`: the pieces of a here-document; empty for all others
/// - `source`: operator and target as they were written
public record Redirect(
        @Nullable String descriptor, Kind kind, Word target, List<Piece> body, String source) {
    /// The operators.
    public enum Kind {
        /// `<`
        READ,
        /// `>`
        WRITE,
        /// `>|`
        CLOBBER,
        /// `>>`
        APPEND,
        /// `<>`
        READ_WRITE,
        /// `&>`
        WRITE_BOTH,
        /// `&>>`
        APPEND_BOTH,
        /// `<&`: a descriptor, digits or `-`, possibly both
        DUPLICATE_INPUT,
        /// `>&`: as `<&`; anything else is a file that output and errors are written to
        DUPLICATE_OUTPUT,
        /// `<<` and `<<-`
        HERE_DOCUMENT,
        /// `<<<`
        HERE_STRING
    }
}
