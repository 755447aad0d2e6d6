package dev.bowline.tools.command;

import dev.bowline.tool.Access.Nature;
import java.util.List;

/// `curl` and `wget`: which files they write and send.
final class Downloads {
    /// Options that name a file or folder to write, short and long.
    private static final List<String> CURL =
            List.of(
                    "-o --output",
                    "-D --dump-header",
                    "-c --cookie-jar",
                    " --trace",
                    " --trace-ascii",
                    " --stderr",
                    " --etag-save",
                    " --hsts",
                    " --alt-svc",
                    " --output-dir");

    private static final List<String> WGET =
            List.of(
                    "-O --output-document",
                    "-o --output-file",
                    "-a --append-output",
                    "-P --directory-prefix",
                    " --save-cookies",
                    " --warc-file");

    private Downloads() {}

    static Verdict curl(Call call) {
        boolean named =
                call.arguments().stream()
                        .map(Argument::orEmpty)
                        .anyMatch(text -> text.matches("-[A-Za-z]*O.*|--remote-name.*"));
        return judge(call, CURL, named, "--output-dir", "--output-dir");
    }

    static Verdict wget(Call call) {
        return judge(call, WGET, true, "-P", "--directory-prefix");
    }

    private static Verdict judge(
            Call call, List<String> writing, boolean named, String place, String name) {
        var verdict = Verdict.of(Nature.PLAIN);
        for (var option : writing) {
            var names = option.split(" ", -1);
            verdict = verdict.with(Changers.placed(call, names[0], names[1]).files());
        }
        var touched = new Touched(call);
        if (named) {
            named(call, value(call.arguments(), place, name), touched);
        }
        sent(call, touched);
        return verdict.with(touched.files());
    }

    /// Files that are called as the last part of an address.
    private static void named(Call call, String folder, Touched touched) {
        for (var word : call.arguments()) {
            var text = word.orEmpty().replaceAll("[?#].*", "");
            int slash = text.lastIndexOf('/');
            if (slash > text.indexOf("://") + 2
                    && slash + 1 < text.length()
                    && !text.startsWith("-")) {
                touched.writes(Argument.of(folder + "/" + text.substring(slash + 1)));
            }
        }
    }

    private static String value(List<Argument> arguments, String option, String name) {
        for (int i = 0; i < arguments.size(); i++) {
            var text = arguments.get(i).orEmpty();
            if ((text.equals(option) || text.equals(name)) && i + 1 < arguments.size()) {
                return arguments.get(i + 1).orEmpty();
            }
            if (text.startsWith(name + "=")) {
                return text.substring(name.length() + 1);
            }
            if (!option.startsWith("--") && text.startsWith(option) && text.length() > 2) {
                return text.substring(2);
            }
        }
        return ".";
    }

    private static void sent(Call call, Touched touched) {
        for (var word : call.arguments()) {
            var text = word.orEmpty();
            int mark = text.indexOf('@');
            boolean data =
                    mark >= 0
                            && (mark == 0
                                    || text.startsWith("-d")
                                    || text.startsWith("-F")
                                    || text.startsWith("--data")
                                    || text.contains("=@"));
            if (data && text.length() > mark + 1) {
                touched.reads(text.substring(mark + 1));
            }
        }
    }
}
