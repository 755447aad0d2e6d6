package dev.bowline.tools.web;

/// An address on the web as text, read by one strict parser; what it gives is what is checked,
/// looked up and contacted.
public sealed interface WebAddress {
    /// The longest text that is looked at.
    int LONGEST = 8192;

    /// An address that can be contacted as far as its form goes.
    ///
    /// @param scheme `http` or `https`
    /// @param host as `dev.bowline.permission` writes hosts, IPv6 in brackets
    /// @param port 1 to 65535
    /// @param target path and query, beginning with `/`, printable ASCII
    record Valid(String scheme, String host, int port, String target) implements WebAddress {
        /// The whole address in one form: without fragment, and without the port that its scheme
        /// has anyway.
        public String url() {
            return origin() + target;
        }

        /// The address up to the path.
        public String origin() {
            return scheme
                    + "://"
                    + host
                    + (port == AddressParser.usualPort(scheme) ? "" : ":" + port);
        }

        /// The same page over `https`, if this is `http` at its usual port.
        Valid secured() {
            return scheme.equals("http") && port == 80
                    ? new Valid("https", host, 443, target)
                    : this;
        }
    }

    /// Text that is no such address.
    ///
    /// @param reason one sentence
    record Problem(String reason) implements WebAddress {}

    /// Never throws. Only `http` and `https`, a strict host, no user information, no blanks,
    /// control characters or backslashes. What doesn't belong into path and query is
    /// percent-encoded there, letters beyond ASCII as UTF-8.
    static WebAddress parse(String text) {
        return text.length() > LONGEST
                ? new Problem("The address is longer than " + LONGEST + " characters.")
                : new AddressParser(text).parse();
    }
}
