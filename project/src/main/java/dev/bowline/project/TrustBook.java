package dev.bowline.project;

import dev.bowline.error.BowlineException;
import dev.bowline.error.ErrorCode;
import dev.bowline.json.Json;
import dev.bowline.json.JsonIn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Which settings of which folders are trusted: `trust.json` in the user's folder, version 1. For
/// each folder the names of its settings files with a fingerprint of what they said when they were
/// trusted, so that a change asks again.
public final class TrustBook {
    private static final int MOST_FOREIGN_BYTES = 64 << 20;

    private final Path file;
    private final Path lock;
    private final Path records;
    private final Path home;

    public TrustBook(Places places) {
        this.file = places.bowline().resolve("trust.json");
        this.lock = places.bowline().resolve("settings.lock");
        this.records = places.records();
        this.home = places.home();
    }

    /// What is on record of a folder: since when, and its files with their fingerprints.
    public record Entry(Path folder, String since, Map<String, String> files, boolean refused) {
        public Entry {
            files = Map.copyOf(files);
        }
    }

    /// How a file of a folder stands.
    enum Standing {
        TRUSTED,
        /// Trusted by the record of another program, not by ours.
        TRUSTED_ELSEWHERE,
        CHANGED,
        UNKNOWN
    }

    /// How a file stands that says what `fingerprint` names.
    Standing standing(Path root, Path folder, String name, String fingerprint) {
        var known = entry(root);
        if (known != null && known.refused()) {
            return Standing.UNKNOWN;
        }
        var recorded = known == null ? null : known.files().get(key(root, folder, name));
        if (recorded != null) {
            return recorded.equals(fingerprint) ? Standing.TRUSTED : Standing.CHANGED;
        }
        return elsewhere(root) && !isAround(root, folder)
                        || !folder.equals(root) && elsewhere(folder)
                ? Standing.TRUSTED_ELSEWHERE
                : Standing.UNKNOWN;
    }

    /// A home directory, or a folder above it, that is a repository doesn't vouch for all that lies
    /// in it: downloads do as well.
    private boolean isAround(Path root, Path folder) {
        return home.startsWith(root) && !folder.equals(root);
    }

    /// The name of a file from the root of its repository.
    private static String key(Path root, Path folder, String name) {
        return root.relativize(folder).resolve(name).toString();
    }

    /// All folders on record.
    ///
    /// @throws BowlineException `config_invalid` when the record can't be read
    public List<Entry> entries() {
        var all = new ArrayList<Entry>();
        Trees.object(read(text()).get("folders"))
                .forEach((folder, value) -> all.add(entry(folder, Trees.object(value))));
        return all;
    }

    private @Nullable Entry entry(Path root) {
        return entries().stream().filter(one -> one.folder().equals(root)).findFirst().orElse(null);
    }

    private static Entry entry(String folder, Map<String, @Nullable Object> value) {
        var files = new LinkedHashMap<String, String>();
        Trees.object(value.get("files"))
                .forEach((name, print) -> files.put(name, String.valueOf(print)));
        return new Entry(
                Path.of(folder),
                value.get("since") instanceof String since ? since : "",
                files,
                Boolean.TRUE.equals(value.get("refused")));
    }

    private String text() {
        try {
            return Files.exists(file) ? SettingsText.decode(SettingsText.bytes(file)) : "";
        } catch (IOException | IllegalArgumentException e) {
            throw unreadable(e);
        }
    }

    private Map<String, @Nullable Object> read(String text) {
        try {
            return SettingsText.parse(text, twice -> {});
        } catch (IllegalArgumentException e) {
            throw unreadable(e);
        }
    }

    private BowlineException unreadable(Exception e) {
        return new BowlineException(
                ErrorCode.CONFIG_INVALID,
                file + " cannot be read: " + e.getMessage() + "; mend or remove it",
                e);
    }

    /// Trusts what the files of a folder say now.
    ///
    /// @param prints fingerprints by the file's name
    /// @throws BowlineException `store_unwritable`
    void trust(Path root, Path folder, Map<String, String> prints, Instant when) {
        change(folders -> {
            var entry = Trees.object(folders.get(root.toString()));
            var files = Trees.object(entry.get("files"));
            prints.forEach((name, print) -> files.put(key(root, folder, name), print));
            entry.remove("refused");
            entry.put("since", when.toString());
            entry.put("files", files);
            folders.put(root.toString(), entry);
        });
    }

    /// Takes trust back. A folder that another program's record trusts is noted as refused.
    ///
    /// @return whether it was trusted
    /// @throws BowlineException `store_unwritable`
    public boolean distrust(Path root, Instant when) {
        boolean known = entries().stream().anyMatch(one -> one.folder().equals(root));
        boolean other = elsewhere(root);
        change(folders -> {
            folders.remove(root.toString());
            if (other) {
                var refusal = new LinkedHashMap<String, @Nullable Object>();
                refusal.put("since", when.toString());
                refusal.put("refused", true);
                folders.put(root.toString(), refusal);
            }
        });
        return known || other;
    }

    private void change(Consumer<Map<String, @Nullable Object>> change) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw new BowlineException(
                    ErrorCode.STORE_UNWRITABLE,
                    "the folder of " + file + " cannot be made: " + e.getMessage(),
                    e);
        }
        SafeFile.change(
                file,
                lock,
                "rw-------",
                text -> {
                    var all = new LinkedHashMap<String, @Nullable Object>(read(text));
                    var folders = Trees.object(all.get("folders"));
                    change.accept(folders);
                    all.putIfAbsent("version", 1L);
                    all.put("folders", folders);
                    return JsonText.of(all);
                });
    }

    /// Whether the record of another program says that the user trusts a folder.
    private boolean elsewhere(Path folder) {
        try {
            if (!Files.isRegularFile(records) || Files.size(records) > MOST_FOREIGN_BYTES) {
                return false;
            }
            return accepted(
                    new String(Files.readAllBytes(records), StandardCharsets.UTF_8),
                    folder.toString());
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean accepted(String text, String folder) {
        try (var in = JsonIn.of(text)) {
            boolean accepted = false;
            for (var name = in.nextField(); name != null; name = in.nextField()) {
                if (name.equals("projects") && in.isObject()) {
                    for (var one = in.nextField(); one != null; one = in.nextField()) {
                        if (one.equals(folder)) {
                            accepted = accepts(in.raw());
                        } else {
                            in.skip();
                        }
                    }
                } else {
                    in.skip();
                }
            }
            return accepted;
        }
    }

    private static boolean accepts(Json project) {
        return Boolean.TRUE.equals(project.asMap().get("hasTrustDialogAccepted"));
    }
}
