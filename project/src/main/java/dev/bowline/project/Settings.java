package dev.bowline.project;

import dev.bowline.json.Json;
import dev.bowline.permission.PermissionMode;
import dev.bowline.permission.PermissionUpdate.Behavior;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The settings that count for a session, from all sources.
public final class Settings {
    /// Variables that settings can't set: they say where settings are, and what `~` is in a rule.
    private static final Set<String> FIXED =
            Set.of("HOME", "CLAUDE_CONFIG_DIR", "BOWLINE_CONFIG_DIR", "BOWLINE_TRUST");

    /// What waits for trust, and the fingerprints of its files by name.
    record Waiting(List<HeldBack> heldBack, Map<String, String> prints) {
        Waiting {
            heldBack = List.copyOf(heldBack);
            prints = Map.copyOf(prints);
        }
    }

    private final Places places;
    private final List<SettingsFile> files;
    private final List<SettingRule> rules;
    private final Waiting waiting;
    private final List<Problem> problems;
    private final Map<String, @Nullable Object> merged;
    private final Map<String, String> env = new TreeMap<>();

    Settings(
            Places places,
            List<SettingsFile> files,
            List<SettingRule> rules,
            Waiting waiting,
            List<Problem> problems) {
        this.places = places;
        this.files = List.copyOf(files);
        this.waiting = waiting;
        var all = new LinkedHashSet<>(problems);
        this.merged = merge(this.files);
        this.rules = permitted(rules);
        readEnv(all);
        checkModes(all);
        this.problems = List.copyOf(all);
    }

    /// Reads all settings.
    ///
    /// @throws dev.bowline.error.BowlineException `config_invalid` when those of the operator, or
    ///   ones that were handed over, can't be understood
    public static Settings load(Places places, Consumer<LoadOptions> how) {
        var options = new LoadOptions();
        how.accept(options);
        return new SettingsLoader(places, options).load();
    }

    /// Those of one file alone, looked at as the user's; that it is missing is among the problems.
    ///
    /// @param name what to call it in messages
    public static Settings alone(Path file, String name) {
        return SettingsLoader.alone(file, name);
    }

    private static Map<String, @Nullable Object> merge(List<SettingsFile> files) {
        Map<String, @Nullable Object> all = Map.of();
        for (var file : files.reversed()) {
            all = Trees.merge(all, file.values());
        }
        return all;
    }

    /// All that was read, strongest first.
    public List<SettingsFile> files() {
        return files;
    }

    /// The permission rules, strongest source first.
    public List<SettingRule> rules() {
        return rules;
    }

    /// Where the operator keeps permissions to himself, others allow nothing.
    private List<SettingRule> permitted(List<SettingRule> all) {
        return all.stream()
                .filter(rule -> rule.behavior() != Behavior.ALLOW || mayAllow(rule.source()))
                .toList();
    }

    /// Whether allow rules of this source count, also those that the command line gives.
    public boolean mayAllow(Source source) {
        return !says(Source.MANAGED, "allowManagedPermissionRulesOnly")
                        && !says(Source.HOST, "allowManagedPermissionRulesOnly")
                || source == Source.MANAGED
                || source == Source.HOST
                        && !says(Source.MANAGED, "allowManagedPermissionRulesOnly");
    }

    private boolean says(Source source, String key) {
        return files.stream()
                .filter(file -> file.source() == source)
                .map(file -> file.at(key))
                .anyMatch(Boolean.TRUE::equals);
    }

    /// Directories to work in beside the folder; absolute, whether or not they are there.
    public List<Path> additionalDirectories() {
        var all = new LinkedHashSet<Path>();
        for (var text : Trees.texts(Trees.at(merged, "permissions", "additionalDirectories"))) {
            directory(text).ifPresent(all::add);
        }
        return List.copyOf(all);
    }

    /// Nothing for what can't be a path: such a directory is not there.
    private Optional<Path> directory(String text) {
        try {
            return Optional.of(
                    text.equals("~") || text.startsWith("~/")
                            ? places.home().resolve(text.substring(Math.min(2, text.length())))
                            : places.folder().resolve(text).normalize());
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /// The mode that sessions begin in.
    public Optional<PermissionMode> defaultMode() {
        return files.stream()
                .filter(file -> file.at("permissions", "defaultMode") instanceof String)
                .filter(Settings::modeCounts)
                .map(file -> mode(file))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<PermissionMode> mode(SettingsFile file) {
        try {
            return Optional.of(
                    PermissionMode.of(String.valueOf(file.at("permissions", "defaultMode"))));
        } catch (IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }

    /// Neither a folder nor a flag may switch permissions off.
    private static boolean modeCounts(SettingsFile file) {
        var mode = mode(file).orElse(PermissionMode.DEFAULT);
        return switch (mode) {
            case BYPASS -> file.source().operates() || file.source() == Source.USER;
            case AUTO -> !file.source().inFolder();
            case DEFAULT, ACCEPT_EDITS, PLAN, DONT_ASK -> true;
        };
    }

    private void checkModes(Set<Problem> all) {
        for (var file : files) {
            if (!modeCounts(file)) {
                all.add(
                        new Problem(
                                file.name(),
                                "permissions.defaultMode",
                                Shown.quoted(String.valueOf(file.at("permissions", "defaultMode")))
                                        + " does not count there",
                                false));
            }
        }
    }

    /// Whether nobody may switch permissions off.
    public boolean bypassDisabled() {
        return files.stream()
                .anyMatch(file ->
                        "disable".equals(file.at("permissions", "disableBypassPermissionsMode")));
    }

    /// Variables for the session and what it starts, by name.
    public Map<String, String> env() {
        return Collections.unmodifiableMap(env);
    }

    private void readEnv(Set<Problem> all) {
        for (var file : files.reversed()) {
            Trees.object(file.at("env"))
                    .forEach((name, value) -> {
                        if (FIXED.contains(name) || !isVariable(name, value)) {
                            all.add(
                                    new Problem(
                                            file.name(),
                                            "env." + name,
                                            "this variable cannot be set by settings",
                                            false));
                        } else if (value != null) {
                            env.put(name, String.valueOf(value));
                        }
                    });
        }
    }

    private static boolean isVariable(String name, @Nullable Object value) {
        return !name.isEmpty()
                && name.indexOf('=') < 0
                && name.indexOf('\0') < 0
                && !(value instanceof String text && text.indexOf('\0') >= 0)
                && !(value instanceof Map)
                && !(value instanceof List);
    }

    /// The hooks as each file says them, strongest first: those that may run.
    public List<Part> hooks() {
        boolean none = says(Source.MANAGED, "disableAllHooks");
        boolean few =
                says(Source.MANAGED, "allowManagedHooksOnly")
                        || says(Source.HOST, "allowManagedHooksOnly")
                        || files.stream()
                                .anyMatch(file -> Boolean.TRUE.equals(file.at("disableAllHooks")));
        return parts("hooks").stream()
                .filter(part -> !none && (!few || part.source().operates()))
                .toList();
    }

    /// What each file says of the sandbox, strongest first.
    public List<Part> sandbox() {
        return parts("sandbox");
    }

    /// One setting as each file says it, strongest first.
    public List<Part> parts(String key) {
        var all = new ArrayList<Part>();
        for (var file : files) {
            var value = file.at(key);
            if (value != null) {
                all.add(new Part(file.source(), file.name(), file.base(), Json.of(value)));
            }
        }
        return all;
    }

    /// A setting that is a text and not blank.
    public Optional<String> text(String... keys) {
        return Trees.at(merged, keys) instanceof String text && !text.isBlank()
                ? Optional.of(text)
                : Optional.empty();
    }

    /// Texts of a list, or one text.
    public List<String> texts(String... keys) {
        var value = Trees.at(merged, keys);
        return value instanceof String text ? List.of(text) : Trees.texts(value);
    }

    /// Everything in one object.
    public Json effective() {
        return Json.of(merged);
    }

    /// What of the folder's settings doesn't count because it is not trusted.
    public List<HeldBack> heldBack() {
        return waiting.heldBack();
    }

    /// Trusts the folder with what its files said when they were read. Counts when settings are
    /// loaded the next time.
    ///
    /// @throws dev.bowline.error.BowlineException `store_unwritable`
    public void trust(Instant when) {
        new TrustBook(places).trust(places.root(), places.folder(), waiting.prints(), when);
    }

    /// What somebody should know.
    public List<Problem> problems() {
        return problems;
    }

    /// Settings that nothing comes of in this version.
    public List<String> unused() {
        return unused(EnumSet.allOf(Source.class));
    }

    /// The same of some sources.
    public List<String> unused(Set<Source> sources) {
        return files.stream()
                .filter(file -> sources.contains(file.source()))
                .flatMap(file -> file.values().keySet().stream())
                .filter(key -> !Keys.USED.contains(key))
                .distinct()
                .map(key -> Shown.text(key, 100))
                .toList();
    }
}
