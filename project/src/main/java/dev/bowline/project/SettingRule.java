package dev.bowline.project;

import dev.bowline.permission.PermissionUpdate.Behavior;
import dev.bowline.permission.Rule;
import dev.bowline.permission.RuleBook;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A permission rule of a settings file.
///
/// - `base`: the folder that a pattern such as `/src/**` begins in; absolute
/// - `file`: where it stands, as people write it
public record SettingRule(Rule rule, Behavior behavior, Source source, Path base, String file) {
    /// The rule as a session takes it.
    public RuleBook.Given given() {
        return new RuleBook.Given(rule, behavior, source.destination(), base);
    }

    /// More rules than this in one list are too many to be meant.
    private static final int MOST = 10_000;

    /// The rules of a file. A bad one is reported and its neighbours stay.
    static List<SettingRule> of(SettingsFile file, Findings findings) {
        var all = new ArrayList<SettingRule>();
        for (var behavior : Behavior.values()) {
            var key = "permissions." + behavior.wire();
            var said = file.at("permissions", behavior.wire());
            var list = said instanceof String one ? List.of(one) : Trees.list(said);
            if (list.size() > MOST) {
                findings.bad(key, "only the first " + MOST + " of its rules count");
            }
            for (int i = 0; i < Math.min(list.size(), MOST); i++) {
                read(file, behavior, list.get(i), key + "[" + i + "]", all, findings);
            }
        }
        return all;
    }

    private static void read(
            SettingsFile file,
            Behavior behavior,
            @org.jspecify.annotations.Nullable Object said,
            String key,
            List<SettingRule> all,
            Findings findings) {
        if (!(said instanceof String text)) {
            findings.bad(key, "a rule must be a text");
            return;
        }
        try {
            var rule = Rule.parse(text);
            var unfit = behavior == Behavior.ALLOW ? rule.unfitToAllow() : Optional.<String>empty();
            if (unfit.isPresent()) {
                findings.bad(key, unfit.get());
            } else {
                all.add(new SettingRule(rule, behavior, file.source(), file.base(), file.name()));
            }
        } catch (IllegalArgumentException e) {
            findings.bad(key, Shown.quoted(text) + " is not a rule such as Bash(git status)");
        }
    }
}
