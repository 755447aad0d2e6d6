package dev.bowline.cli.frame;

/// How many tokens a model has thought in one message, estimated while it thinks: four characters a
/// token; where the text is kept back, its size is told from the signature.
final class ThinkingEstimate {
    private static final int CHARS = 4;

    /// Of a signature, which is base64 (3 bytes in 4 characters), four bytes count as a token.
    private static final int SIGNATURE_NUMERATOR = 3;

    private static final int SIGNATURE_DENOMINATOR = 16;

    private long before;
    private long shown;
    private long signature;

    /// A message begins.
    void message() {
        before = 0;
        shown = 0;
        signature = 0;
    }

    /// A block begins.
    void block() {
        before = tokens();
        shown = 0;
        signature = 0;
    }

    /// What was thought so far.
    long tokens() {
        long hidden = Math.ceilDiv(signature * SIGNATURE_NUMERATOR, (long) SIGNATURE_DENOMINATOR);
        return before + Math.max(shown, hidden);
    }

    /// A piece of the text; gives by how much the estimate grows.
    long read(String piece) {
        long known = tokens();
        shown += Math.ceilDiv(piece.length(), CHARS);
        return tokens() - known;
    }

    /// A piece of the signature; gives by how much the estimate grows.
    long signed(String piece) {
        long known = tokens();
        signature += piece.length();
        return tokens() - known;
    }
}
