package dev.bowline.tools.search;

import dev.bowline.tools.search.Walk.Found;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/// The search in this JVM.
final class OwnEngine implements Engine {
    @Override
    public void search(Path root, GrepQuery query, Deadline deadline, Findings findings)
            throws IOException, InterruptedException {
        var regex = RustRegex.compile(query.pattern(), query.ignoreCase(), query.multiline());
        var filter =
                new Walk.Filter(
                        true,
                        IgnoreRules.parse(query.globs(), true),
                        IgnoreRules.parse(FileTypes.globs(query.type()), true));
        Walk.over(root, filter, deadline, file -> one(file, query, regex, deadline, findings));
    }

    /// Searches a file that was named itself, whatever ignore files and globs say.
    void searchFile(Path file, String name, GrepQuery query, Deadline deadline, Findings findings)
            throws IOException, InterruptedException {
        var regex = RustRegex.compile(query.pattern(), query.ignoreCase(), query.multiline());
        var attributes = Files.readAttributes(file, BasicFileAttributes.class);
        if (!one(new Found(file, name, attributes), query, regex, deadline, findings)) {
            findings.note(name, "is binary or cannot be read and was not searched.");
        }
    }

    private static boolean one(
            Found file,
            GrepQuery query,
            RustRegex.Compiled regex,
            Deadline deadline,
            Findings findings)
            throws InterruptedException {
        long size = file.attributes().size();
        if (size > TextFile.MAX_BYTES) {
            findings.note(
                    file.relative(),
                    "is larger than "
                            + (TextFile.MAX_BYTES >> 20)
                            + " MiB and was not searched; install ripgrep to search it.");
            return true;
        }
        try {
            return TextFile.use(
                    file.path(),
                    size,
                    text -> match(text, file.relative(), query, regex, deadline, findings));
        } catch (IOException unreadable) {
            return false;
        } catch (LineSearch.Stopped stopped) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedException();
            }
            return true;
        } catch (StackOverflowError tooDeep) {
            findings.note(
                    file.relative(),
                    "was not searched to its end: the pattern needs too much memory on one of its lines.");
            return true;
        }
    }

    private static void match(
            String text,
            String name,
            GrepQuery query,
            RustRegex.Compiled regex,
            Deadline deadline,
            Findings findings) {
        var search = new LineSearch(text, query, regex, deadline, findings.keep());
        if (query.mode() == GrepQuery.Mode.FILES_WITH_MATCHES) {
            if (search.any()) {
                findings.file(name);
            }
            return;
        }
        var found = search.found(name);
        if (found != null) {
            findings.lines(found, search.allLines());
        }
    }
}
