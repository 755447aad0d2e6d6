package dev.bowline.tools.command;

import dev.bowline.tool.Access;
import dev.bowline.tool.Access.Nature;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a program comes to be started.
///
/// - `source`: the simple command that it stands in, as written
/// - `outer`: the words of all that start it, outermost first, each with what follows
/// - `least`: the mildest nature that it can have
/// - `direct`: started by the shell itself, so that functions and builtins count
/// - `input`: what it reads from its standard input
/// - `depth`: how many programs stand around it
record Frame(
        String source,
        List<List<Access.Word>> outer,
        Nature least,
        boolean direct,
        Input input,
        int depth) {
    /// What a program finds on its standard input.
    ///
    /// - `text`: all of it, or null if not known
    /// - `listing`: file names, one a line, or null
    record Input(@Nullable Argument text, @Nullable Listing listing) {
        static final Input UNKNOWN = new Input(null, null);
    }

    static Frame of(String source, Input input) {
        return new Frame(source, List.of(), Nature.READS, true, input, 0);
    }

    Frame inside(List<Argument> words, boolean stillDirect) {
        var all = new ArrayList<>(outer);
        all.add(Argument.words(words));
        return new Frame(source, all, least, direct && stillDirect, input, depth + 1);
    }

    Frame atLeast(Nature other) {
        return least.compareTo(other) >= 0
                ? this
                : new Frame(source, outer, other, direct, input, depth);
    }

    /// The same inside of what another frame starts.
    Frame within(Frame other) {
        var all = new ArrayList<>(other.outer);
        all.addAll(outer);
        var worst = least.compareTo(other.least) >= 0 ? least : other.least;
        return new Frame(other.source, all, worst, direct, input, depth + other.depth + 1);
    }

    Frame withInput(Input other) {
        return new Frame(source, outer, least, direct, other, depth);
    }
}
