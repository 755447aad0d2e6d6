package dev.bowline.tools.shell;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// What a child process gets to see of the environment: everything but credentials and what would
/// change the shell itself. The patterns are part of the documentation (docs/tools.md).
final class ShellEnvironment {
    private static final List<Pattern> SECRET =
            List.of(
                    Pattern.compile("ANTHROPIC_.*(KEY|TOKEN|HEADERS).*"),
                    Pattern.compile("CLAUDE_CODE_OAUTH.*"),
                    Pattern.compile("AWS_(ACCESS|SECRET|SESSION|BEARER|SECURITY).*"),
                    Pattern.compile(
                            "(AZURE|GOOGLE|GCP|GCLOUD|VERTEX)_.*(KEY|TOKEN|CREDENTIALS?).*"),
                    Pattern.compile(
                            ".*(_|^)(API_?KEY|ACCESS_KEY|PRIVATE_KEY|TOKEN|PAT|PASSWORD|PASSWD|PASSPHRASE|CREDENTIALS?)(_.*)?"),
                    Pattern.compile(".*_AUTH(TOKEN|_CONFIG)?"),
                    Pattern.compile(".*SECRET.*"));

    /// These make bash run or define something before the command.
    private static final Set<String> STEERING =
            Set.of("BASH_ENV", "ENV", "SHELLOPTS", "BASHOPTS", "PROMPT_COMMAND", "BASH_XTRACEFD");

    private ShellEnvironment() {}

    static Map<String, String> of(Map<String, String> given, Set<String> allowed) {
        var kept = new TreeMap<String, String>();
        given.forEach((name, value) -> {
            if (allowed.contains(name) || !isHidden(name)) {
                kept.put(name, value);
            }
        });
        kept.put("CLAUDECODE", "1");
        return kept;
    }

    static boolean isHidden(String name) {
        var upper = name.toUpperCase(Locale.ROOT);
        return STEERING.contains(name)
                || name.startsWith("BASH_FUNC_")
                || SECRET.stream().anyMatch(pattern -> pattern.matcher(upper).matches());
    }
}
