package dev.bowline.tools.command;

import dev.bowline.tool.Access.Nature;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// `find`: its tests only look; `-exec` and its kin start programs, which are looked at by
/// themselves; `-delete` and the forms that write a file are for exact rules.
final class Find {
    private static final Set<String> LOOKING =
            Set.of(
                    "-print",
                    "-print0",
                    "-ls",
                    "-prune",
                    "-quit",
                    "-empty",
                    "-executable",
                    "-readable",
                    "-writable",
                    "-true",
                    "-false",
                    "-not",
                    "-o",
                    "-a",
                    "-or",
                    "-and",
                    "-xdev",
                    "-mount",
                    "-depth",
                    "-d",
                    "-nouser",
                    "-nogroup",
                    "-daystart",
                    "-noleaf",
                    "-nowarn",
                    "-warn",
                    "-ignore_readdir_race",
                    "!",
                    "(",
                    ")",
                    ",",
                    "-H",
                    "-P",
                    "-O1",
                    "-O2",
                    "-O3");
    private static final Set<String> WITH_VALUE =
            Set.of(
                    "-name",
                    "-iname",
                    "-path",
                    "-ipath",
                    "-wholename",
                    "-iwholename",
                    "-lname",
                    "-ilname",
                    "-type",
                    "-xtype",
                    "-maxdepth",
                    "-mindepth",
                    "-size",
                    "-mtime",
                    "-mmin",
                    "-atime",
                    "-amin",
                    "-ctime",
                    "-cmin",
                    "-newermt",
                    "-newerct",
                    "-regex",
                    "-iregex",
                    "-regextype",
                    "-perm",
                    "-user",
                    "-group",
                    "-uid",
                    "-gid",
                    "-links",
                    "-inum",
                    "-used",
                    "-fstype",
                    "-printf");
    private static final Set<String> WITH_FILE =
            Set.of("-newer", "-anewer", "-cnewer", "-samefile");
    private static final Set<String> STARTING = Set.of("-exec", "-execdir", "-ok", "-okdir");
    private static final Map<String, Integer> WRITING =
            Map.of("-fprint", 1, "-fprint0", 1, "-fls", 1, "-fprintf", 2, "-delete", 0);
    private static final Pattern FOLLOWING = Pattern.compile("-L|-follow|-files0-from|-D");

    /// A name that no file has.
    private static final String SOMETHING = "\uE020";

    private final Call call;
    private final Touched touched;
    private final List<Verdict.Started> starts = new ArrayList<>();
    private final List<Argument> roots = new ArrayList<>();
    private Nature nature = Nature.READS;
    private final List<String> names = new ArrayList<>();
    private boolean links = true;
    private boolean chooses;
    private boolean negated;
    private boolean narrow;
    private boolean removes;
    private int at;

    private Find(Call call) {
        this.call = call;
        this.touched = new Touched(call);
    }

    static Verdict judge(Call call) {
        return new Find(call).judged();
    }

    /// The names that it prints.
    static Listing listing(Call call) {
        var find = new Find(call);
        find.judged();
        return find.found();
    }

    private Verdict judged() {
        var arguments = call.arguments();
        while (at < arguments.size()) {
            var word = arguments.get(at++);
            var text = word.orEmpty();
            if (!word.isKnown()) {
                atLeast(Nature.PLAIN);
            } else if (word.matches() == null && (text.startsWith("-") || "!(),".contains(text))) {
                expression(text);
            } else {
                roots.add(word);
            }
        }
        var named = roots.isEmpty() ? Argument.all(".") : roots;
        named.forEach(touched::reads);
        if (removes) {
            removed();
        }
        atLeast(touched.isComplete() ? Nature.READS : Nature.PLAIN);
        return new Verdict(nature, touched.files(), starts);
    }

    private Listing found() {
        return Listing.of(call, roots, links, chooses ? List.of() : names);
    }

    /// Whole folders, or, where names are chosen by a test, something in them.
    private void removed() {
        for (var root : roots.isEmpty() ? Argument.all(".") : roots) {
            for (var text : root.values()) {
                for (var path : call.disk().resolve(text)) {
                    boolean ours = call.where().workingDirectories().contains(path);
                    if (!narrow || !ours) {
                        touched.removes(narrow ? path.resolve(SOMETHING) : path);
                    }
                }
            }
        }
    }

    private void expression(String text) {
        chooses |= Set.of("-o", "-or", ",").contains(text);
        boolean negates = Set.of("!", "-not").contains(text);
        chooses |= negated && text.equals("(");
        if (STARTING.contains(text)) {
            starts();
        } else if (WRITING.containsKey(text)) {
            atLeast(Nature.GUARDED);
            removes |= text.equals("-delete");
            if (WRITING.get(text) > 0 && at < call.arguments().size()) {
                touched.writes(call.arguments().get(at));
            }
            at += WRITING.get(text);
        } else if (FOLLOWING.matcher(text).matches()) {
            atLeast(Nature.PLAIN);
        } else if (WITH_VALUE.contains(text)) {
            value(text);
        } else if (WITH_FILE.contains(text) && at < call.arguments().size()) {
            touched.reads(call.arguments().get(at++));
        } else if (!LOOKING.contains(text)) {
            atLeast(Nature.PLAIN);
        }
        negated = negates;
    }

    private void value(String text) {
        if (at < call.arguments().size()) {
            var value = call.arguments().get(at++);
            links &= !(text.equals("-type") && value.is("f"));
            if (text.equals("-name") && !negated && value.isKnown() && value.matches() == null) {
                names.add(value.orEmpty());
            }
            narrow |=
                    !text.equals("-mindepth")
                            && !text.equals("-maxdepth")
                            && !value.orEmpty().matches("[*?.]*");
            if (!value.isKnown() || value.matches() != null && value.matches().size() != 1) {
                atLeast(Nature.PLAIN);
            }
        }
    }

    private void starts() {
        atLeast(Nature.PLAIN);
        var words = new ArrayList<Argument>();
        while (at < call.arguments().size()) {
            var word = call.arguments().get(at++);
            if (word.is(";") || word.is("+") && !words.isEmpty() && words.getLast().is("{}")) {
                break;
            }
            words.add(word);
        }
        removes |=
                words.stream()
                        .anyMatch(word -> word.orEmpty().matches("(.*/)?(rm|rmdir|unlink|shred)"));
        if (words.isEmpty() || words.getFirst().orEmpty().contains("{}")) {
            starts.add(new Verdict.Started.Words(List.of(Argument.unknown("", false))));
        } else {
            starts.add(new Verdict.Started.Words(found().filled(words)));
        }
    }

    private void atLeast(Nature other) {
        nature = nature.compareTo(other) >= 0 ? nature : other;
    }
}
