package dev.bowline.tool;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One thing that a call would touch; permission rules are about these. Paths are absolute, with
/// links resolved where they exist; where the name itself is a link, there is an access for the
/// name and one for what it leads to.
public sealed interface Access {
    /// A file or folder is read.
    record Reads(Path path) implements Access {}

    /// Everything below a folder may be read, whatever it is called; the root where only the run
    /// tells what is read.
    record Scans(Path root) implements Access {}

    /// A file or folder is written or created; the root where only the run tells which.
    record Writes(Path path) implements Access {}

    /// A file, or a folder with all that is in it, is removed or moved away.
    record Removes(Path path) implements Access {}

    /// A program runs, started by a shell; one for each that the command line may start, wherever
    /// it stands. Redirections are accesses of their own beside it.
    ///
    /// - `source`: as it was written, for people and for rules without a wildcard
    /// - `words`: the program and its arguments after quote removal, without assignments,
    ///   redirections and the wrappers that are looked through; empty for what can't be read
    /// - `guises`: the same program as a rule that denies may call it: with its wrappers, without
    ///   its folder, without the options before a subcommand. Never fewer than one: the words
    /// - `nature`: what may allow it
    /// - `files`: what it is known to read, write and remove by itself
    record Runs(
            String source,
            List<Word> words,
            List<List<Word>> guises,
            Nature nature,
            List<Access> files)
            implements Access {
        public Runs {
            words = List.copyOf(words);
            guises = guises.isEmpty() ? List.of(words) : guises.stream().map(List::copyOf).toList();
            files = List.copyOf(files);
        }

        /// A program without guises and without files.
        public Runs(String source, List<Word> words, Nature nature) {
            this(source, words, List.of(), nature, List.of());
        }

        /// What could not be read as a command at all.
        public static Runs unreadable(String source) {
            return new Runs(source, List.of(), Nature.UNREADABLE);
        }
    }

    /// A word of a command. `text` is null where it is only known when the command runs; then the
    /// word may also be none or several.
    record Word(@Nullable String text) {
        public static final Word UNKNOWN = new Word(null);
    }

    /// What may allow a program to run, mildest first.
    enum Nature {
        /// Changes nothing and shows nothing but `files`.
        READS,
        /// Does nothing but read, write and remove `files`.
        EDITS,
        /// Known by its words only: for rules to decide.
        PLAIN,
        /// Starts, loads or writes what its words don't show as such: an option that runs a
        /// program, a variable that steers it. A wildcard does not cover it.
        GUARDED,
        /// Which program it is, is only known when it runs.
        UNKNOWN,
        /// Not understood, or too long.
        UNREADABLE
    }

    /// An address is contacted.
    ///
    /// - `refusal`: why the address must not be contacted whatever the rules say, or null
    record Contacts(String url, @Nullable String refusal) implements Access {
        public Contacts(String url) {
            this(url, null);
        }
    }

    /// Only the session's own data: lists, notes, background tasks. Never needs a permission.
    record Session() implements Access {}

    /// How a command line stands to the sandbox; once for the whole call. Where a session has no
    /// sandbox, or one that spares no questions, there is none of these.
    record Fenced(Fence fence) implements Access {}

    /// What is around a command line.
    enum Fence {
        /// A sandbox without a network.
        SEALED("confined, without a network"),
        /// A sandbox that reaches the hosts that its settings name.
        FILTERED("confined, reaches the hosts that are named"),
        /// It is to run outside the sandbox that there is.
        LEFT("outside the sandbox"),
        /// It would run without the sandbox that settings want, which can't start here.
        MISSING("the sandbox can't start");

        private final String text;

        Fence(String text) {
            this.text = text;
        }

        /// The same in a few words.
        public String text() {
            return text;
        }

        /// Whether the call runs confined.
        public boolean confines() {
            return this == SEALED || this == FILTERED;
        }
    }
}
