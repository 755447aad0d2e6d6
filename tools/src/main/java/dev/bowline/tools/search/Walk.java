package dev.bowline.tools.search;

import dev.bowline.tools.search.IgnoreRules.Verdict;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Visits the files below a folder on as many virtual threads as there are processors. `.git` is
/// never entered, links are neither followed nor visited, folders that cannot be read are skipped.
/// Folders wait on a stack, so that memory follows depth and not size.
final class Walk {
    /// A file on the way.
    ///
    /// @param relative to the root, with `/`
    record Found(Path path, String relative, BasicFileAttributes attributes) {}

    /// Called from several threads at once.
    interface Visitor {
        void visit(Found file) throws InterruptedException;
    }

    private static final int BATCH = 64;
    private static final int MANY = 2_000;

    private sealed interface Work {}

    private record Folder(Path path, String relative, @Nullable IgnoreLevel rules)
            implements Work {}

    private record Batch(List<Found> files) implements Work {}

    private final Deque<Work> waiting = new ArrayDeque<>();
    private final Filter filter;
    private final Deadline deadline;
    private final Visitor visitor;
    private int busy;
    private boolean stopped;

    private Walk(Filter filter, Deadline deadline, Visitor visitor) {
        this.filter = filter;
        this.deadline = deadline;
        this.visitor = visitor;
    }

    /// What of a tree is visited.
    ///
    /// @param ignoring whether ignore files count
    /// @param globs as the lines of an ignore file: what is "ignored" there is wanted here, and
    ///   more than the ignore files can take away; `!` excludes
    /// @param types files wanted by name, or empty for all
    record Filter(boolean ignoring, IgnoreRules globs, IgnoreRules types) {
        static final Filter NONE = new Filter(false, IgnoreRules.NONE, IgnoreRules.NONE);

        boolean wants(String relative, Path path, boolean folder, @Nullable IgnoreLevel rules) {
            if (!globs.isEmpty()) {
                var verdict = globs.verdict(relative, folder);
                if (verdict != Verdict.NONE) {
                    return verdict == Verdict.IGNORE;
                }
                if (!folder && !globs.onlyKeeps()) {
                    return false;
                }
            }
            if (rules != null && rules.ignores(path.toString(), folder)) {
                return false;
            }
            return folder
                    || types.isEmpty()
                    || types.verdict(String.valueOf(path.getFileName()), false) == Verdict.IGNORE;
        }
    }

    /// Returns when all is visited, or when the deadline has passed.
    static void over(Path root, Filter filter, Deadline deadline, Visitor visitor)
            throws InterruptedException {
        var walk = new Walk(filter, deadline, visitor);
        walk.waiting.push(new Folder(root, "", filter.ignoring() ? IgnoreLevel.of(root) : null));
        walk.run();
    }

    private void run() throws InterruptedException {
        var workers = new ArrayList<Future<?>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
                workers.add(
                        threads.submit(() -> {
                            work();
                            return null;
                        }));
            }
            try {
                for (var worker : workers) {
                    worker.get();
                }
            } catch (ExecutionException e) {
                throw unwrapped(e.getCause());
            } finally {
                stop();
                threads.shutdownNow();
            }
        }
    }

    private static InterruptedException unwrapped(@Nullable Throwable cause) {
        return switch (cause) {
            case InterruptedException interrupted -> interrupted;
            case RuntimeException runtime -> throw runtime;
            case Error error -> throw error;
            case null, default -> throw new IllegalStateException(cause);
        };
    }

    private void work() throws InterruptedException {
        try {
            for (var work = take(); work != null; work = take()) {
                List<Work> more = List.of();
                try {
                    switch (work) {
                        case Folder folder -> more = list(folder);
                        case Batch batch -> visit(batch.files);
                    }
                } finally {
                    done(more);
                }
            }
        } catch (InterruptedException | RuntimeException | Error e) {
            stop();
            throw e;
        }
    }

    private synchronized @Nullable Work take() throws InterruptedException {
        while (waiting.isEmpty() && busy > 0 && !stopped) {
            wait();
        }
        if (stopped || waiting.isEmpty() || deadline.passed()) {
            return null;
        }
        busy++;
        return waiting.pop();
    }

    private synchronized void done(List<Work> more) {
        more.forEach(waiting::push);
        busy--;
        notifyAll();
    }

    private synchronized void stop() {
        stopped = true;
        notifyAll();
    }

    private List<Work> list(Folder folder) throws InterruptedException {
        var more = new ArrayList<Work>();
        var files = new ArrayList<Found>();
        try (var entries = Files.newDirectoryStream(folder.path)) {
            for (var entry : entries) {
                if (deadline.passed()) {
                    break;
                }
                add(folder, entry, more, files);
                if (files.size() == BATCH) {
                    hand(List.copyOf(files), more);
                    files.clear();
                }
            }
        } catch (IOException | DirectoryIteratorException unreadable) {
            // Folders that vanish or may not be read are skipped, as everywhere in searching.
        }
        visit(files);
        return more;
    }

    private void hand(List<Found> files, List<Work> more) throws InterruptedException {
        if (more.size() < MANY) {
            more.add(new Batch(files));
        } else {
            visit(files);
        }
    }

    private void add(Folder folder, Path entry, List<Work> more, List<Found> files) {
        var name = String.valueOf(entry.getFileName());
        if (name.equals(".git")) {
            return;
        }
        var relative = folder.relative.isEmpty() ? name : folder.relative + "/" + name;
        BasicFileAttributes attributes;
        try {
            attributes =
                    Files.readAttributes(
                            entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException gone) {
            return;
        }
        boolean isFolder = attributes.isDirectory();
        if (!isFolder && !attributes.isRegularFile()
                || !filter.wants(relative, entry, isFolder, folder.rules)) {
            return;
        }
        if (isFolder) {
            var rules = folder.rules;
            more.add(new Folder(entry, relative, rules == null ? null : rules.below(entry)));
        } else {
            files.add(new Found(entry, relative, attributes));
        }
    }

    private void visit(List<Found> files) throws InterruptedException {
        for (var file : files) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedException();
            }
            if (deadline.passed()) {
                return;
            }
            visitor.visit(file);
        }
    }
}
