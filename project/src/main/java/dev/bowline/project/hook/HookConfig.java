package dev.bowline.project.hook;

import dev.bowline.hook.Hook;
import dev.bowline.json.Json;
import java.util.ArrayList;
import java.util.List;

/// The `hooks` of settings, read. `problems` are sentences with the key they are about; what is
/// wrong is left out, its neighbours count. A matcher or a rule that can't be read counts for
/// everything: a hook too many is safer than one too few.
public record HookConfig(List<HookEntry> entries, List<String> problems) {
    public static final HookConfig NONE = new HookConfig(List.of(), List.of());

    public HookConfig {
        entries = List.copyOf(entries);
        problems = List.copyOf(problems);
    }

    /// Reads `{Event: [{matcher?, hooks: [handler]}]}`.
    ///
    /// @param source says in problems and to people where it comes from
    public static HookConfig parse(Json hooks, String source) {
        return new HookReader(source).read(hooks);
    }

    /// Both, these first.
    public HookConfig plus(HookConfig more) {
        var all = new ArrayList<>(entries);
        all.addAll(more.entries);
        var wrong = new ArrayList<>(problems);
        wrong.addAll(more.problems);
        return new HookConfig(all, wrong);
    }

    /// The hooks for an agent. They belong to one process: commands that are still at work when a
    /// session is closed are ended with it.
    public List<Hook> hooks(HookPlace place) {
        return entries.stream().<Hook>map(entry -> new SettingsHook(entry, place)).toList();
    }
}
