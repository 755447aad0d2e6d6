package dev.bowline.tools.command;

import dev.bowline.tool.Access.Nature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Programs that change the files that they name. Those of the first table do nothing else, with
/// the options that are listed; of the others only the files are known.
final class Changers {
    private static final Options MKDIR = Options.of("pv m: --parents --verbose --mode=");
    private static final Options TOUCH =
            Options.of("acmhf d: r< t: --no-create --date= --reference< --time= --no-dereference");
    private static final Options RM =
            Options.of(
                    "fiIrRdv --force --interactive? --one-file-system --preserve-root? --recursive --dir --verbose");
    private static final Options RMDIR =
            Options.of("pv --parents --verbose --ignore-fail-on-non-empty");
    private static final Options COPY =
            Options.of(
                    "abdfHiLlnPprRsTuvxZ t> S: --archive --backup? --force --interactive --link --dereference --no-clobber --no-dereference --preserve? --no-preserve= --parents --recursive --reflink? --remove-destination --sparse= --strip-trailing-slashes --symbolic-link --suffix= --target-directory> --no-target-directory --update? --verbose --one-file-system --debug --exchange --no-copy");

    /// How many files of a folder that is copied are looked at.
    private static final int MAX_COPIED = 10_000;

    private Changers() {}

    static Map<String, Knowledge> all() {
        var all = new HashMap<String, Knowledge>();
        all.put("mkdir", call -> named(call, MKDIR, Nature.EDITS));
        all.put("touch", call -> named(call, TOUCH, Nature.EDITS));
        all.put("rm", call -> removed(call, RM));
        all.put("rmdir", call -> removed(call, RMDIR));
        all.put("unlink", call -> removed(call, RMDIR).atLeast(Nature.PLAIN));
        all.put(
                "shred",
                call ->
                        removed(
                                        call,
                                        Options.of(
                                                "fuvxz n: s: --force --remove? --verbose --zero --iterations= --size="))
                                .atLeast(Nature.PLAIN));
        all.put("cp", call -> copied(call, false));
        all.put("mv", call -> copied(call, true));
        all.put("install", call -> copied(call, false).atLeast(Nature.PLAIN));
        all.put("ln", Changers::linked);
        all.put("tee", Changers::teed);
        all.put("rsync", Changers::synchronised);
        all.put(
                "truncate",
                call ->
                        named(
                                call,
                                Options.of(
                                        "cor s: r< --no-create --io-blocks --reference< --size="),
                                Nature.PLAIN));
        all.put("mkfifo", call -> named(call, Options.of("m: --mode="), Nature.PLAIN));
        for (var name : List.of("chmod", "chown", "chgrp")) {
            all.put(name, Changers::moded);
        }
        all.put("dd", Changers::dd);
        all.put("curl", Downloads::curl);
        all.put("wget", Downloads::wget);
        all.put("unzip", call -> placed(call, "-d", "--none"));
        all.put("tar", call -> placed(call, "-C", "--directory"));
        all.put("patch", Changers::patched);
        for (var name : List.of("gcc", "g++", "clang", "cc", "go", "rustc", "javac")) {
            all.put(name, call -> placed(call, "-o", "-d"));
        }
        return all;
    }

    private static Verdict teed(Call call) {
        var verdict =
                named(
                        call,
                        Options.of("aip --append --ignore-interrupts --output-error?"),
                        Nature.EDITS);
        boolean nothing = verdict.nature() == Nature.EDITS && verdict.files().isEmpty();
        return nothing ? Verdict.of(Nature.READS) : verdict.atLeast(Nature.PLAIN);
    }

    /// `[user@]host:path` is elsewhere; of the others the last is written.
    private static Verdict synchronised(Call call) {
        var touched = new Touched(call);
        var operands = call.arguments().stream().filter(word -> !word.startsWith("-")).toList();
        if (operands.size() > 1 && !operands.getLast().orEmpty().contains(":")) {
            var target = operands.getLast();
            operands.subList(0, operands.size() - 1)
                    .forEach(source -> into(call, touched, source, target));
            touched.writes(target);
        }
        return Verdict.of(Nature.PLAIN, touched.files());
    }

    private static Verdict patched(Call call) {
        var touched = new Touched(call);
        call.arguments().stream()
                .filter(word -> !word.startsWith("-"))
                .limit(1)
                .forEach(touched::writes);
        var files = new java.util.ArrayList<>(placed(call, "-o", "--output").files());
        files.addAll(touched.files());
        return Verdict.of(Nature.PLAIN, files);
    }

    /// Hidden files that a folder brings with it: settings of tools are among them.
    private static void hidden(Call call, Touched touched, Argument source, Argument target) {
        for (var text : source.values()) {
            var from = call.disk().path(text).filter(Files::isDirectory);
            var name = text.replaceAll("/+$", "").replaceAll("^.*/", "");
            for (var folder : from.isEmpty() ? List.<String>of() : target.values()) {
                boolean inside =
                        call.disk().path(folder).filter(Files::isDirectory).isPresent()
                                && !name.matches("\\.{0,2}");
                hidden(from.get(), touched, inside ? folder + "/" + name : folder);
            }
        }
    }

    private static void hidden(Path from, Touched touched, String target) {
        try (var files = Files.find(from, 64, (path, attributes) -> true)) {
            var all = files.limit(MAX_COPIED + 1L).toList();
            if (all.size() > MAX_COPIED) {
                touched.incomplete();
            }
            all.stream()
                    .filter(path ->
                            !path.equals(from) && path.getFileName().toString().startsWith("."))
                    .forEach(path ->
                            touched.writes(Argument.of(target + "/" + from.relativize(path))));
        } catch (IOException | UncheckedIOException unreadable) {
            touched.incomplete();
        }
    }

    private static Verdict named(Call call, Options options, Nature nature) {
        var taken = options.take(call.arguments());
        var touched = new Touched(call);
        taken.reads().forEach(touched::reads);
        taken.operands().forEach(touched::writes);
        return Verdict.of(
                taken.known() && touched.isComplete() ? nature : Nature.PLAIN, touched.files());
    }

    private static Verdict removed(Call call, Options options) {
        var taken = options.take(call.arguments());
        var touched = new Touched(call);
        taken.operands().forEach(touched::deletes);
        boolean known = taken.known() && touched.isComplete() && !taken.has("--no-preserve-root");
        return Verdict.of(known ? Nature.EDITS : Nature.PLAIN, touched.files());
    }

    private static Verdict copied(Call call, boolean moves) {
        var taken = COPY.take(call.arguments());
        var touched = new Touched(call);
        var operands = taken.operands();
        boolean hasTarget = taken.has("-t", "--target-directory");
        if (operands.size() < (hasTarget ? 1 : 2)) {
            return Verdict.of(Nature.PLAIN, touched.files());
        }
        var target = hasTarget ? taken.writes().getLast() : operands.getLast();
        var sources = hasTarget ? operands : operands.subList(0, operands.size() - 1);
        boolean below = taken.has("-r", "-R", "-a", "--recursive", "--archive");
        for (var source : sources) {
            if (moves) {
                touched.removes(source);
                touched.reads(source);
            } else if (below) {
                touched.scans(source);
            } else {
                touched.reads(source);
            }
            into(call, touched, source, target);
            if (below || moves) {
                hidden(call, touched, source, target);
            }
        }
        touched.writes(target);
        boolean plain =
                taken.known()
                        && touched.isComplete()
                        && !taken.has(
                                "-s",
                                "-l",
                                "--symbolic-link",
                                "--link",
                                "-b",
                                "--backup",
                                "-S",
                                "--suffix",
                                "--exchange",
                                "--parents");
        return Verdict.of(plain ? Nature.EDITS : Nature.PLAIN, touched.files());
    }

    /// The file that a copy makes in a folder.
    private static void into(Call call, Touched touched, Argument source, Argument target) {
        if (!target.isKnown()) {
            touched.incomplete();
            return;
        }
        for (var folder : target.values()) {
            boolean isFolder =
                    folder.endsWith("/")
                            || call.disk().path(folder).filter(Files::isDirectory).isPresent();
            for (var text : source.values()) {
                var stripped = text.replaceAll("/+$", "");
                var name = stripped.substring(stripped.lastIndexOf('/') + 1);
                if (isFolder && !name.isEmpty() && !name.equals(".") && !name.equals("..")) {
                    touched.writes(
                            Argument.of(
                                    folder.endsWith("/") ? folder + name : folder + "/" + name));
                }
            }
        }
    }

    private static Verdict linked(Call call) {
        var taken =
                Options.of(
                                "bdFfiLnPrsTv t> S: --symbolic --force --relative --verbose --no-dereference --target-directory> --no-target-directory --backup?")
                        .take(call.arguments());
        var touched = new Touched(call);
        var operands = taken.operands();
        boolean hasTarget = !taken.writes().isEmpty();
        if (!operands.isEmpty()) {
            var target =
                    hasTarget
                            ? taken.writes().getFirst()
                            : operands.size() == 1 ? Argument.of(".") : operands.getLast();
            var sources =
                    hasTarget || operands.size() == 1
                            ? operands
                            : operands.subList(0, operands.size() - 1);
            sources.forEach(source -> into(call, touched, source, target));
            sources.forEach(touched::reads);
            touched.writes(target);
        }
        return Verdict.of(Nature.PLAIN, touched.files());
    }

    private static Verdict moded(Call call) {
        var touched = new Touched(call);
        call.arguments().stream()
                .filter(word -> !word.startsWith("-"))
                .skip(call.has("--reference=") ? 0 : 1)
                .forEach(touched::writes);
        return Verdict.of(Nature.PLAIN, touched.files());
    }

    private static Verdict dd(Call call) {
        var touched = new Touched(call);
        for (var word : call.arguments()) {
            if (word.startsWith("of=")) {
                touched.writes(Argument.of(word.orEmpty().substring(3)));
            } else if (word.startsWith("if=")) {
                touched.reads(word.orEmpty().substring(3));
            }
        }
        return Verdict.of(Nature.PLAIN, touched.files());
    }

    /// Programs with an option that says where to write.
    static Verdict placed(Call call, String option, String name) {
        var touched = new Touched(call);
        var arguments = call.arguments();
        for (int i = 0; i < arguments.size(); i++) {
            var text = arguments.get(i).orEmpty();
            boolean joined =
                    !option.isEmpty()
                            && text.startsWith(option)
                            && text.length() > option.length()
                            && !text.startsWith("--");
            boolean bundled =
                    !option.isEmpty()
                            && !text.startsWith("--")
                            && text.matches("-[A-Za-z]+")
                            && text.endsWith(option.substring(1))
                            && !joined;
            if (bundled || text.equals(name)) {
                if (i + 1 < arguments.size()) {
                    touched.writes(arguments.get(i + 1));
                }
            } else if (joined) {
                touched.writes(Argument.of(text.substring(option.length())));
            } else if (text.startsWith(name + "=")) {
                touched.writes(Argument.of(text.substring(name.length() + 1)));
            }
        }
        return Verdict.of(Nature.PLAIN, touched.files());
    }
}
