package dev.bowline.tools.sandbox;

import dev.bowline.tools.option.SandboxSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/// What the file system looks like inside, as words for `bwrap`. The order counts: what comes later
/// covers what came before.
final class Mounts {
    /// Files of the kernel that belong to root, who may write them without any rights.
    private static final List<String> KERNEL =
            List.of("sys", "sysrq-trigger", "irq", "bus", "fs", "acpi", "scsi");

    /// Where people keep what opens other machines, below their home.
    private static final List<String> CREDENTIALS =
            List.of(
                    ".ssh",
                    ".gnupg",
                    ".aws",
                    ".azure",
                    ".kube",
                    ".config/gcloud",
                    ".config/gh",
                    ".docker/config.json",
                    ".netrc",
                    ".pypirc",
                    ".git-credentials",
                    ".claude/.credentials.json");

    private static final Path TMP = Path.of("/tmp");
    private static final Path VAR_TMP = Path.of("/var/tmp");
    private static final Path RUN = Path.of("/run");
    private static final Path SOCKETS = Path.of("/proc/net/unix");

    private final List<String> words = new ArrayList<>();
    private final Site site;
    private final SandboxSettings settings;
    private final Placeholders placeholders;
    private final TreeSet<Path> roots;

    Mounts(Site site, SandboxSettings settings, Placeholders placeholders) throws IOException {
        this.roots = roots(site, settings);
        this.site = site;
        this.settings = settings;
        this.placeholders = placeholders;
    }

    /// @param tmp the folder that `/tmp` is inside
    /// @throws IOException if something can't be protected; one sentence
    List<String> words(Path tmp) throws IOException {
        words.addAll(Bubblewrap.ROOT);
        KERNEL.forEach(name -> add("--ro-bind-try", "/proc/" + name, "/proc/" + name));
        add("--tmpfs", RUN.toString());
        add("--ro-bind-try", "/run/current-system", "/run/current-system");
        bind("--bind", tmp, TMP);
        if (Files.isDirectory(VAR_TMP)) {
            bind("--bind", tmp, VAR_TMP);
        }
        var hidden = hidden();
        var outer = hidden.stream().filter(this::isAround).toList();
        outer.forEach(this::hide);
        outermost().forEach(root -> bind("--bind", root, root));
        sockets(outer);
        for (var root : roots) {
            new Protection(this, placeholders).in(root, root.equals(site.home()));
        }
        for (var text : settings.files().unwritable()) {
            keep(site.path(text));
        }
        hidden.stream().filter(path -> !isAround(path)).forEach(this::hide);
        shown();
        own();
        return words;
    }

    private void own() {
        bind("--ro-bind", site.results(), site.results());
        site.report().forEach(file -> bind("--bind", file, file));
    }

    /// The working directories and what else may be written, outer ones first.
    private static TreeSet<Path> roots(Site site, SandboxSettings settings) throws IOException {
        var all =
                new TreeSet<Path>(
                        Comparator.comparingInt(Path::getNameCount).thenComparing(p -> p));
        all.addAll(site.roots());
        for (var text : settings.files().writable()) {
            var path = site.path(text);
            if (Files.exists(path)) {
                all.add(path.toRealPath());
            }
        }
        if (all.stream().anyMatch(root -> root.getNameCount() == 0)) {
            throw new IOException("the whole file system is a working directory");
        }
        return all;
    }

    private List<Path> outermost() {
        return roots.stream()
                .filter(root ->
                        roots.stream()
                                .noneMatch(other -> !other.equals(root) && root.startsWith(other)))
                .toList();
    }

    private boolean isInRoot(Path path) {
        return roots.stream().anyMatch(path::startsWith);
    }

    private boolean isAround(Path path) {
        return roots.stream().anyMatch(root -> root.startsWith(path));
    }

    /// Sockets by which programs outside would act for the ones inside.
    ///
    /// @param covered folders that are not to be seen already
    private void sockets(List<Path> covered) throws IOException {
        if (!Files.isReadable(SOCKETS)) {
            return;
        }
        var unseen = new ArrayList<>(covered);
        unseen.addAll(List.of(TMP, VAR_TMP, RUN));
        new String(Files.readAllBytes(SOCKETS), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.contains(" /"))
                .map(line -> Path.of(line.substring(line.indexOf(" /") + 1)))
                .distinct()
                .filter(path -> isInRoot(path) || unseen.stream().noneMatch(path::startsWith))
                .filter(path -> Files.exists(path, LinkOption.NOFOLLOW_LINKS))
                .forEach(this::hide);
    }

    /// What is not to be read.
    private TreeSet<Path> hidden() throws IOException {
        var hidden = new TreeSet<Path>();
        for (var name : CREDENTIALS) {
            hidden.add(site.home().resolve(name));
        }
        for (var text : settings.files().unreadable()) {
            hidden.add(site.path(text));
        }
        var there = new TreeSet<Path>();
        for (var path : hidden) {
            if (Files.exists(path)) {
                there.add(path.toRealPath());
            }
        }
        return there;
    }

    private void hide(Path path) {
        if (Files.isDirectory(path)) {
            empty(path);
        } else {
            add("--ro-bind", "/dev/null", path.toString());
        }
    }

    private void shown() throws IOException {
        for (var text : settings.files().readable()) {
            var path = site.path(text);
            if (Files.exists(path) && !isInRoot(path.toRealPath())) {
                bind("--ro-bind", path.toRealPath(), path.toRealPath());
            }
        }
        for (var text : settings.network().unixSockets()) {
            var path = site.path(text);
            if (Files.exists(path)) {
                bind("--bind", path, path);
            }
        }
    }

    /// Keeps a path as it is, also when it is missing.
    void keep(Path path) throws IOException {
        if (Files.isSymbolicLink(path)) {
            throw new IOException(path + " is a link, which can't be kept from being replaced");
        }
        if (Placeholders.isHeld(path) || !Files.exists(path)) {
            if (isWritable(path) && placeholders.hold(path)) {
                empty(path);
                return;
            }
        }
        if (Files.exists(path)) {
            bind("--ro-bind", path, path);
        }
    }

    private boolean isWritable(Path path) throws IOException {
        var parent = path.getParent();
        return parent != null && Files.isDirectory(parent) && isInRoot(parent.toRealPath());
    }

    private void empty(Path path) {
        add("--tmpfs", path.toString(), "--remount-ro", path.toString());
    }

    void bind(String how, Path from, Path to) {
        add(how, from.toString(), to.toString());
    }

    private void add(String... more) {
        words.addAll(List.of(more));
    }
}
