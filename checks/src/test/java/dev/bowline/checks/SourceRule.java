package dev.bowline.checks;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What only the text can show. Each rule says what is wrong where, and why it is one.
enum SourceRule {
    SHORT_FILES("ARCHITECTURE.md, size: a file beyond 800 lines holds more than one idea") {
        @Override
        Stream<String> violations(SourceFile file) {
            return file.isJava() && file.lines().size() > LONGEST
                    ? Stream.of(
                            file.path()
                                    + " has "
                                    + file.lines().size()
                                    + " lines, allowed are "
                                    + LONGEST)
                    : Stream.of();
        }
    },

    NOTHING_LEFT_TO_DO("CONTRIBUTING.md: what is left to do is an issue, not a comment") {
        @Override
        Stream<String> violations(SourceFile file) {
            return file.isMarkdown() ? Stream.of() : matches(file, LEFT_TO_DO);
        }
    },

    NO_MACHINE_PATHS(
            "CONTRIBUTING.md: a path of one machine means nothing on another, and tells about its owner") {
        @Override
        Stream<String> violations(SourceFile file) {
            return file.path().contains("/src/test/") ? Stream.of() : matches(file, MACHINE_PATH);
        }
    },

    DOCUMENTED_TYPES(
            "ARCHITECTURE.md, comments: a public type without a line about what it is can't be used or kept") {
        @Override
        Stream<String> violations(SourceFile file) {
            return file.isMainJava() ? undocumented(file) : Stream.of();
        }
    },

    DOCUMENTED_PACKAGES("ARCHITECTURE.md, comments: a room's door says what is inside") {
        @Override
        Stream<String> violations(SourceFile file) {
            return file.isMainJava()
                            && file.path().endsWith("/package-info.java")
                            && !file.lines().getFirst().startsWith("/// ")
                    ? Stream.of(file.path() + " does not start with a line of documentation")
                    : Stream.of();
        }
    },

    NOTHING_DISABLED(
            "CONTRIBUTING.md: a test that doesn't run proves nothing and looks as if it did") {
        @Override
        Stream<String> violations(SourceFile file) {
            return file.isJava() ? matches(file, DISABLED) : Stream.of();
        }
    },

    SUPPRESSIONS_HAVE_A_REASON("CONTRIBUTING.md: a suppression needs a reason on the same line") {
        @Override
        Stream<String> violations(SourceFile file) {
            return file.isMainJava() ? matches(file, UNEXPLAINED_SUPPRESSION) : Stream.of();
        }
    };

    /// From here on a file smells; the build says so and goes on.
    static final int LONG = 400;

    static final int LONGEST = 800;

    private static final Pattern LEFT_TO_DO =
            Pattern.compile("(//|/\\*|^\\s*[*#]|<!--).*\\b(TOD[O]|FIXM[E])\\b");
    private static final Pattern MACHINE_PATH =
            Pattern.compile(
                    "(?<![\\w.}])(/wor[k]/|/roo[t]/|/hom[e]/\\w+/|/User[s]/\\w+/|/tm[p]/\\w)");
    private static final Pattern DISABLED = Pattern.compile("^\\s*@(Disable[d]|Ignor[e])\\b");
    private static final Pattern UNEXPLAINED_SUPPRESSION =
            Pattern.compile("@SuppressWarning[s]\\((?!.*\\) *// *\\w)");
    private static final Pattern PUBLIC_TYPE =
            Pattern.compile(
                    "^public (?:(?:final|sealed|non-sealed|abstract|strictfp) )*"
                            + "(?:class|interface|record|enum|@interface) (\\w+)");

    private final String because;

    SourceRule(String because) {
        this.because = because;
    }

    /// What is wrong in a file, one line each.
    abstract Stream<String> violations(SourceFile file);

    String because() {
        return because;
    }

    private static Stream<String> matches(SourceFile file, Pattern pattern) {
        List<String> found = new ArrayList<>();
        for (int i = 0; i < file.lines().size(); i++) {
            var line = file.lines().get(i);
            if (pattern.matcher(line).find()) {
                found.add(file.path() + ":" + (i + 1) + ": " + line.strip());
            }
        }
        return found.stream();
    }

    private static Stream<String> undocumented(SourceFile file) {
        var documented = false;
        for (String line : file.lines()) {
            documented |= line.startsWith("///");
            var type = PUBLIC_TYPE.matcher(line);
            if (type.find()) {
                return documented
                        ? Stream.of()
                        : Stream.of(
                                file.path() + ": " + type.group(1) + " has no /// documentation");
            }
        }
        return Stream.of();
    }
}
