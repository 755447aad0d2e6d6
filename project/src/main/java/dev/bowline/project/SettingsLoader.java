package dev.bowline.project;

import dev.bowline.error.BowlineException;
import dev.bowline.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the settings of all places, strongest first.
final class SettingsLoader {
    private static final int MOST_DROP_INS = 100;

    private final Places places;
    private final LoadOptions options;
    private final TrustBook book;
    private final List<SettingsFile> files = new ArrayList<>();
    private final List<SettingRule> rules = new ArrayList<>();
    private final List<HeldBack> heldBack = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, String> waiting = new LinkedHashMap<>();

    SettingsLoader(Places places, LoadOptions options) {
        this.places = places;
        this.options = options;
        this.book = new TrustBook(places);
    }

    Settings load() {
        problems.addAll(options.early);
        for (var place : managed().reversed()) {
            read(place).ifPresent(values -> strict(place, values));
        }
        given(Source.HOST);
        given(Source.FLAG);
        for (var place : places.inFolder().reversed()) {
            if (options.sources.contains(place.source()) && !isUsersOwn(place)) {
                read(place).ifPresent(values -> ofFolder(place, values));
            }
        }
        if (options.sources.contains(Source.USER)) {
            for (var place : places.ofUser().reversed()) {
                read(place).ifPresent(values -> lenient(place, values));
            }
        }
        return settings();
    }

    /// One file alone, as the user's.
    static Settings alone(Path file, String name) {
        var places = new Places(List.of(), file, file, file, file, file);
        var loader = new SettingsLoader(places, new LoadOptions());
        var place = new Places.Place(Source.USER, name, file, file);
        if (isAbsent(file)) {
            loader.problems.add(new Problem(name, "", "there is no such file", true));
        } else {
            loader.read(place).ifPresent(values -> loader.lenient(place, values));
        }
        return loader.settings();
    }

    private Settings settings() {
        return new Settings(
                places, files, rules, new Settings.Waiting(heldBack, waiting), problems);
    }

    /// The operator's files, weakest first.
    private List<Places.Place> managed() {
        var all = new ArrayList<Places.Place>();
        for (var folder : places.managed()) {
            all.add(managed(folder.resolve("managed-settings.json")));
            dropIns(folder.resolve("managed-settings.d")).stream()
                    .map(this::managed)
                    .forEach(all::add);
        }
        return all;
    }

    private Places.Place managed(Path file) {
        return new Places.Place(Source.MANAGED, file.toString(), file, places.folder());
    }

    private static List<Path> dropIns(Path folder) {
        try (var all = Files.list(folder)) {
            var some =
                    all.filter(
                                    file -> {
                                        var name = file.getFileName().toString();
                                        return name.endsWith(".json") && !name.startsWith(".");
                                    })
                            .sorted()
                            .toList();
            if (some.size() > MOST_DROP_INS) {
                throw invalid(folder + " holds more than " + MOST_DROP_INS + " settings files");
            }
            return some;
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (IOException e) {
            throw invalid("managed settings: " + folder + " cannot be read: " + e.getMessage());
        }
    }

    private static BowlineException invalid(String message) {
        return new BowlineException(ErrorCode.CONFIG_INVALID, message);
    }

    private void given(Source source) {
        for (var one : options.given.reversed()) {
            if (one.source() == source) {
                var findings = new Findings(one.name());
                Keys.ALL.check("", one.values(), findings);
                refuseBroken(findings);
                add(
                        new SettingsFile(source, one.name(), null, places.folder(), one.values()),
                        findings);
            }
        }
    }

    /// The folder is the user's home, so that what lies in it is the user's.
    private boolean isUsersOwn(Places.Place place) {
        return options.sources.contains(Source.USER)
                && places.ofUser().stream().anyMatch(own -> isSame(own.path(), place.path()));
    }

    private static boolean isSame(Path one, Path other) {
        try {
            return Files.exists(one) && Files.isSameFile(one, other);
        } catch (IOException e) {
            return false;
        }
    }

    private Optional<Map<String, @Nullable Object>> read(Places.Place place) {
        if (!Files.exists(place.path(), LinkOption.NOFOLLOW_LINKS) && isAbsent(place.path())) {
            return Optional.empty();
        }
        try {
            var text = SettingsText.decode(SettingsText.bytes(place.path()));
            return Optional.of(
                    SettingsText.parse(
                            text,
                            key ->
                                    problems.add(
                                            new Problem(
                                                    place.name(),
                                                    key,
                                                    "it is there twice; both count",
                                                    false))));
        } catch (IllegalArgumentException | IOException e) {
            var why = e instanceof IOException ? "it cannot be read: " + reason(e) : reason(e);
            if (place.source() == Source.MANAGED) {
                throw invalid("managed settings " + place.name() + ": " + Shown.text(why, 400));
            }
            problems.add(new Problem(place.name(), "", why + "; none of its settings count", true));
            return Optional.empty();
        }
    }

    /// Whether there is no such file, as far as one may look.
    private static boolean isAbsent(Path file) {
        try {
            Files.readAttributes(file, "isRegularFile", LinkOption.NOFOLLOW_LINKS);
            return false;
        } catch (NoSuchFileException e) {
            return true;
        } catch (IOException e) {
            return e instanceof java.nio.file.FileSystemException strange
                    && String.valueOf(strange.getReason()).contains("Not a directory");
        }
    }

    private static String reason(Exception e) {
        return e instanceof java.nio.file.AccessDeniedException
                ? "access denied"
                : String.valueOf(e.getMessage());
    }

    /// Settings that must hold as a whole, or nothing begins.
    private void strict(Places.Place place, Map<String, @Nullable Object> values) {
        var findings = new Findings(place.name());
        Keys.ALL.check("", values, findings);
        refuseBroken(findings);
        add(file(place, values), findings);
        findings.problems().stream()
                .filter(problem -> problem.grave() && tightens(problem))
                .findFirst()
                .ifPresent(problem -> {
                    throw invalid("managed settings " + problem);
                });
    }

    /// A rule that can't be read would be missing.
    private static boolean tightens(Problem problem) {
        return problem.key().startsWith("permissions.deny")
                || problem.key().startsWith("permissions.ask")
                || problem.key().startsWith("permissions.disable");
    }

    private static void refuseBroken(Findings findings) {
        if (findings.isBroken()) {
            var first =
                    findings.problems().stream().filter(Problem::grave).findFirst().orElseThrow();
            throw invalid("settings: " + first);
        }
    }

    private void lenient(Places.Place place, Map<String, @Nullable Object> values) {
        var findings = new Findings(place.name());
        Keys.ALL.check("", values, findings);
        add(file(place, counting(values, findings)), findings);
    }

    private static Map<String, @Nullable Object> counting(
            Map<String, @Nullable Object> said, Findings findings) {
        if (!findings.isBroken()) {
            return said;
        }
        findings.skipped();
        return salvaged(said);
    }

    private void ofFolder(Places.Place place, Map<String, @Nullable Object> said) {
        var findings = new Findings(place.name());
        Keys.ALL.check("", said, findings);
        var values = counting(said, findings);
        boolean running = options.trusting == Trusting.NAMED;
        if (!Restraint.isFree(values, running) && !trusted(place, values)) {
            waiting.put(place.name(), Restraint.fingerprint(values));
            heldBack.addAll(Restraint.heldBack(place.name(), values, running));
            values = Restraint.counting(values, running);
        }
        add(file(place, values), findings);
    }

    private boolean trusted(Places.Place place, Map<String, @Nullable Object> values) {
        if (options.trusting == Trusting.ALL) {
            return true;
        }
        var print = Restraint.fingerprint(values);
        try {
            var root = places.root();
            return switch (book.standing(root, places.folder(), place.name(), print)) {
                case TRUSTED -> true;
                case CHANGED, UNKNOWN -> false;
                case TRUSTED_ELSEWHERE -> {
                    pin(root, place.name(), print);
                    yield true;
                }
            };
        } catch (BowlineException e) {
            problems.add(new Problem(place.name(), "", String.valueOf(e.getMessage()), true));
            return false;
        }
    }

    /// From now on a change asks again, also of what another program's record trusts.
    private void pin(Path root, String name, String print) {
        try {
            book.trust(root, places.folder(), Map.of(name, print), Instant.now());
        } catch (BowlineException e) {
            problems.add(new Problem(name, "", String.valueOf(e.getMessage()), false));
        }
    }

    /// What deny and ask rules can be read of a file that is of no use otherwise.
    private static Map<String, @Nullable Object> salvaged(Map<String, @Nullable Object> values) {
        var permissions = new LinkedHashMap<String, @Nullable Object>();
        for (var key : List.of("deny", "ask")) {
            var said = Trees.at(values, "permissions", key);
            var list = said instanceof String one ? List.of(one) : Trees.list(said);
            if (!list.isEmpty()) {
                permissions.put(key, list);
            }
        }
        return Map.of("permissions", permissions);
    }

    private static SettingsFile file(Places.Place place, Map<String, @Nullable Object> values) {
        return new SettingsFile(place.source(), place.name(), place.path(), place.base(), values);
    }

    private void add(SettingsFile file, Findings findings) {
        var values = file.values();
        if (!file.source().operates()) {
            var own = new LinkedHashMap<String, @Nullable Object>(values);
            for (var key : Keys.OPERATORS) {
                if (own.remove(key) != null) {
                    findings.odd(key, "only an operator's settings may say this");
                }
            }
            values = own;
        }
        var counting = file.with(values);
        files.add(counting);
        rules.addAll(SettingRule.of(counting, findings));
        problems.addAll(findings.problems());
    }
}
