package dev.bowline.tools.offline;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Lists files: folders first with how many files are below them, then the files.
///
/// @param pattern which files, or empty for all
/// @param folder where, or empty for the working directory
record ListFiles(String pattern, String folder) implements Task {
    private static final int MOST = 60;
    private static final Pattern CUT =
            Pattern.compile(
                    "\\[Shown are the newest \\d+ of (\\d+) files\\. By folder: (.*?)\\. Use");
    private static final Pattern PART = Pattern.compile("([^,]+/) (\\d+)(?:, |$)");

    @Override
    public Move next(List<Done> done, Set<String> tools) {
        if (!tools.contains("Glob")) {
            return tools.contains("Bash")
                    ? new RunCommand(
                                    "ls -p"
                                            + (folder.isEmpty()
                                                    ? ""
                                                    : " -- " + Shell.quote(folder)))
                            .next(done, tools)
                    : Trouble.missing("list files", "Glob");
        }
        if (done.isEmpty()) {
            return glob(pattern.isEmpty() ? "**/*" : pattern);
        }
        var all = done.getFirst();
        if (all.failed()) {
            return Trouble.of("list the files", all);
        }
        boolean cut = CUT.matcher(all.text()).find();
        if (cut && pattern.isEmpty() && done.size() == 1) {
            return glob("./*");
        }
        return Move.say(answer(all, done.getLast()));
    }

    private Move glob(String what) {
        return folder.isEmpty()
                ? Move.call("Glob", "pattern", what)
                : Move.call("Glob", "pattern", what, "path", folder);
    }

    private String answer(Done all, Done top) {
        var names = new ArrayList<>(Lists.names(all).stream().sorted().toList());
        var where = folder.isEmpty() ? "the working directory" : folder;
        if (names.isEmpty()) {
            return "There are no "
                    + (pattern.isEmpty() ? "files" : pattern + " files")
                    + " in "
                    + where
                    + ".";
        }
        var cut = CUT.matcher(all.text());
        long total = cut.find() ? Long.parseLong(cut.group(1)) : names.size();
        if (!pattern.isEmpty()) {
            return Lists.count(total, pattern + " file")
                    + " in "
                    + where
                    + ":\n\n"
                    + Lists.bullets(names, MOST)
                    + (total > names.size() ? "\n- … " + (total - names.size()) + " more" : "");
        }
        return Lists.count(total, "file")
                + " in "
                + where
                + ":\n\n"
                + overview(all, top, names)
                + hidden();
    }

    private static String hidden() {
        return "\n\nFiles that .gitignore excludes are not counted.";
    }

    private String overview(Done all, Done top, List<String> names) {
        var folders = new TreeMap<String, Integer>();
        var files = new ArrayList<String>();
        var cut = CUT.matcher(all.text());
        if (cut.find()) {
            PART.matcher(cut.group(2))
                    .results()
                    .filter(part -> !part.group(1).equals("./"))
                    .forEach(part -> folders.put(part.group(1), Integer.parseInt(part.group(2))));
            files.addAll(Lists.names(top).stream().map(this::below).sorted().toList());
        } else {
            for (var name : names) {
                var below = below(name);
                int slash = below.indexOf('/');
                if (slash < 0) {
                    files.add(below);
                } else {
                    folders.merge(below.substring(0, slash + 1), 1, Integer::sum);
                }
            }
        }
        var lines = new ArrayList<String>();
        folders.forEach((name, count) -> lines.add(name + " (" + Lists.count(count, "file") + ")"));
        lines.addAll(files);
        return Lists.bullets(lines, MOST);
    }

    private String below(String name) {
        var start = folder.startsWith("./") ? folder.substring(2) : folder;
        return !start.isEmpty() && name.startsWith(start + "/")
                ? name.substring(start.length() + 1)
                : name;
    }
}
