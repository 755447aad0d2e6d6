package dev.bowline.cli.wiring;

import dev.bowline.AgentOptions;
import dev.bowline.cli.args.Arguments;
import dev.bowline.cli.args.UsageException;
import dev.bowline.cli.console.Console;
import dev.bowline.error.BowlineException;
import dev.bowline.error.ErrorCode;
import dev.bowline.json.Json;
import dev.bowline.permission.PermissionMode;
import dev.bowline.permission.PermissionUpdate.Behavior;
import dev.bowline.permission.RuleBook;
import dev.bowline.project.HeldBack;
import dev.bowline.project.LoadOptions;
import dev.bowline.project.Places;
import dev.bowline.project.Problem;
import dev.bowline.project.SettingRule;
import dev.bowline.project.Settings;
import dev.bowline.project.SettingsStore;
import dev.bowline.project.Source;
import dev.bowline.project.Trusting;
import dev.bowline.tool.ChildEnvironment;
import dev.bowline.tools.BuiltinTools;
import dev.bowline.tools.option.SandboxSettings;
import dev.bowline.tools.option.ToolOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// What flags and settings say together. A flag counts more than any setting.
public final class Configuration {
    private static final Set<Source> GIVEN = EnumSet.of(Source.FLAG, Source.HOST);

    private final Arguments said;
    private final Console console;
    private final Places places;
    private final List<Extra> extras;
    private final Settings settings;

    /// Settings that came in another way than by a file or flag.
    private record Extra(Source source, String name, Json json) {}

    private Configuration(Arguments said, Console console, List<Extra> extras) {
        this.said = said;
        this.console = console;
        this.places = places(console, console.directory());
        this.extras = extras;
        this.settings = Settings.load(places, this::choose);
    }

    /// Reads the settings of this folder.
    ///
    /// @throws UsageException when those that a flag gives can't be understood
    /// @throws dev.bowline.error.BowlineException `config_invalid` when those of the operator can't
    public static Configuration of(Arguments args, Console console) {
        return new Configuration(args, console, List.of());
    }

    /// The same with settings of the program that started this one; they replace those of the same
    /// name.
    ///
    /// @throws dev.bowline.error.BowlineException `config_invalid` when they can't be understood
    /// @throws IllegalArgumentException the same
    public Configuration with(Source source, String name, Json json) {
        var more = new ArrayList<>(extras);
        more.removeIf(extra -> extra.name().equals(name));
        more.add(new Extra(source, name, json));
        return new Configuration(said, console, more);
    }

    /// The same, read once more.
    public Configuration again() {
        return new Configuration(said, console, extras);
    }

    /// Where settings of a folder are.
    public static Places places(Console console, Path folder) {
        var home = Path.of(console.variable("HOME", System.getProperty("user.home", "/")));
        return Places.of(console.environment(), home, folder);
    }

    private void choose(LoadOptions options) {
        options.sources(sources()).trusting(trusting());
        given(options, Source.HOST, "--managed-settings");
        given(options, Source.FLAG, "--settings");
        extras.forEach(extra -> options.given(extra.source(), extra.name(), extra.json()));
    }

    private void given(LoadOptions options, Source source, String flag) {
        try {
            options.given(source, flag, SettingsFlag.text(flag, said, console));
        } catch (UsageException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new UsageException(flag + " is not a JSON object: " + e.getMessage());
        }
    }

    private Set<Source> sources() {
        if (!said.has("--setting-sources")) {
            return EnumSet.of(Source.USER, Source.PROJECT, Source.LOCAL);
        }
        var some = EnumSet.noneOf(Source.class);
        Arrays.stream(said.value("--setting-sources", "").split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .forEach(name -> some.add(source(name)));
        return some;
    }

    private static Source source(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "user" -> Source.USER;
            case "project" -> Source.PROJECT;
            case "local" -> Source.LOCAL;
            default ->
                    throw new UsageException(
                            "--setting-sources cannot be \""
                                    + name
                                    + "\"; use some of user, project, local, separated by commas");
        };
    }

    private Trusting trusting() {
        boolean all =
                said.has("--trust")
                        || List.of("1", "true", "yes")
                                .contains(
                                        console.variable("BOWLINE_TRUST", "")
                                                .strip()
                                                .toLowerCase(Locale.ROOT));
        if (all) {
            return Trusting.ALL;
        }
        return said.has("--setting-sources") ? Trusting.NAMED : Trusting.RECORDED;
    }

    public Settings settings() {
        return settings;
    }

    /// The flags, with what settings say where no flag does.
    public Arguments args() {
        var model = settings.text("model");
        boolean given =
                settings.files().stream()
                        .filter(file -> file.json().asMap().get("model") instanceof String)
                        .findFirst()
                        .filter(file -> file.source() == Source.FLAG || file.source().operates())
                        .isPresent();
        var all = unlessSaid(said, "--model", given ? model : Optional.empty());
        all = unlessSaid(all, Permissions.SETTINGS_MODEL, model);
        all = unlessSaid(all, "--effort", effort());
        var fallback = settings.texts("fallbackModel");
        all =
                unlessSaid(
                        all,
                        "--fallback-model",
                        fallback.isEmpty()
                                ? Optional.empty()
                                : Optional.of(String.join(",", fallback)));
        all =
                unlessSaid(
                        all,
                        Permissions.SETTINGS_MODE,
                        settings.defaultMode().map(PermissionMode::wire));
        if (settings.bypassDisabled()) {
            all = all.with(Permissions.NO_BYPASS, List.of("true"));
        }
        return all.with("--add-dir", directories()).with(Permissions.HIDDEN, hidden());
    }

    /// The same with the settings' rules among those of the flags, for who has no use for where
    /// they came from.
    public Arguments withRules() {
        var all = args();
        for (var rule : settings.rules()) {
            var flag =
                    switch (rule.behavior()) {
                        case ALLOW -> "--allowedTools";
                        case DENY -> "--disallowedTools";
                        case ASK -> Permissions.ASK;
                    };
            all = all.with(flag, List.of(absolute(rule)));
        }
        return all;
    }

    /// A rule that means the same in any folder.
    private static String absolute(SettingRule rule) {
        var what = rule.rule().specifier();
        boolean based =
                what != null
                        && what.startsWith("/")
                        && !what.startsWith("//")
                        && List.of("Read", "Edit").contains(rule.rule().tool());
        return based
                ? rule.rule().tool() + "(/" + rule.base() + what + ")"
                : rule.rule().toString();
    }

    private Optional<String> effort() {
        return settings.text("effortLevel")
                .filter(List.of("low", "medium", "high", "xhigh", "max")::contains);
    }

    /// Those that are there.
    private List<String> directories() {
        return settings.additionalDirectories().stream()
                .filter(Files::isDirectory)
                .map(Path::toString)
                .toList();
    }

    private List<String> hidden() {
        return settings.rules().stream()
                .filter(rule -> rule.behavior() == Behavior.DENY)
                .filter(rule -> rule.rule().specifier() == null)
                .map(rule -> rule.rule().tool())
                .toList();
    }

    private static Arguments unlessSaid(Arguments args, String flag, Optional<String> value) {
        return value.isPresent() && !args.has(flag) ? args.with(flag, List.of(value.get())) : args;
    }

    /// The surroundings with the variables of the settings.
    public Console console() {
        if (settings.env().isEmpty()) {
            return console;
        }
        var all = new HashMap<>(console.environment());
        all.putAll(settings.env());
        return new Console(
                console.in(),
                console.out(),
                console.err(),
                Map.copyOf(all),
                console.directory(),
                console.terminal());
    }

    /// Puts rules, directories, mode and variables into an agent's options.
    public void apply(AgentOptions options) {
        var args = args();
        options.permissionMode(Permissions.mode(args))
                .rules(rules())
                .deny(said.all("--disallowedTools").toArray(String[]::new))
                .directory(console.directory())
                .additionalDirectories(Permissions.directories(args, console))
                .permissionStore(new SettingsStore(places))
                .secrets(ChildEnvironment.secrets(console().environment()));
        if (settings.mayAllow(Source.FLAG)) {
            options.allow(said.all("--allowedTools").toArray(String[]::new));
        }
        if (!settings.env().isEmpty()) {
            options.environment(childEnvironment());
        }
    }

    /// What commands get: the variables of this process and of the settings, without credentials.
    public Map<String, String> childEnvironment() {
        var all = new HashMap<>(System.getenv());
        all.putAll(settings.env());
        return ChildEnvironment.of(all);
    }

    /// How the built-in tools are to work: in a sandbox or not.
    ///
    /// @throws BowlineException `config_invalid` when what is said of the sandbox can't be held
    public ToolOptions toolOptions() {
        var said =
                settings.sandbox().stream()
                        .map(part -> new SandboxSettings.Said(part.json(), part.base()))
                        .toList();
        try {
            return ToolOptions.DEFAULTS.withSandbox(SandboxSettings.of(said));
        } catch (IllegalArgumentException e) {
            throw new BowlineException(ErrorCode.CONFIG_INVALID, "settings: " + e.getMessage(), e);
        }
    }

    private List<RuleBook.Given> rules() {
        return settings.rules().stream().map(rule -> rule.given()).toList();
    }

    /// Says what somebody should know.
    public void report(Consumer<String> warnings) {
        settings.problems().stream()
                .filter(problem -> problem.grave() || isGiven(problem))
                .filter(problem -> !problem.message().equals("this setting is not known"))
                .forEach(problem -> warnings.accept("settings: " + problem));
        var unused = settings.unused(GIVEN);
        if (!unused.isEmpty()) {
            warnings.accept("settings not used by this version: " + String.join(", ", unused));
        }
        if (settings.bypassDisabled() && Permissions.asksForBypass(args())) {
            warnings.accept(
                    "the mode bypassPermissions is forbidden by settings, so calls are asked about as usual");
        }
        if (!settings.heldBack().isEmpty()) {
            warnings.accept(heldBack());
        }
        BuiltinTools.sandboxProblem(toolOptions())
                .ifPresent(why ->
                        warnings.accept("the sandbox can't start, so every command asks: " + why));
    }

    private boolean isGiven(Problem problem) {
        return settings.files().stream()
                .anyMatch(file -> file.path() == null && file.name().equals(problem.where()));
    }

    private String heldBack() {
        var keys = settings.heldBack().stream().map(HeldBack::key).distinct().toList();
        return "this folder is not trusted, so some of its settings do not count: "
                + String.join(", ", keys.subList(0, Math.min(8, keys.size())))
                + (keys.size() > 8 ? " …" : "")
                + "; to trust it: bowline trust "
                + places.folder();
    }
}
