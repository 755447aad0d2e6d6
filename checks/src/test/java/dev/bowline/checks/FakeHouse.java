package dev.bowline.checks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A scratch repository with the real launcher and two small modules, a `mvn` that makes empty
/// jars, and JDKs whose `java` tells how it was called: what the launcher does shows in a second,
/// without building anything.
final class FakeHouse {
    private static final long PATIENCE_SECONDS = 60;

    final Path root;
    final Path jdks;
    private final Path bin;
    private final Path home;

    FakeHouse(Path folder) throws IOException {
        root = Files.createDirectories(folder.resolve("a house"));
        jdks = Files.createDirectories(folder.resolve("jdks"));
        bin = Files.createDirectories(folder.resolve("bin"));
        home = Files.createDirectories(folder.resolve("home"));
        var real = House.root();
        Files.createDirectories(root.resolve("launcher"));
        Files.copy(real.resolve("bowline"), root.resolve("bowline"));
        try (Stream<Path> scripts = Files.list(real.resolve("launcher"))) {
            for (Path script : scripts.toList()) {
                Files.copy(script, root.resolve("launcher").resolve(script.getFileName()));
            }
        }
        Files.writeString(root.resolve("pom.xml"), "<project/>\n");
        module("core");
        module("cli");
        module("bench");
        // Hides the machine's java; no JDK stands around this one.
        script(bin.resolve("java"), "exit 1\n");
        script(
                bin.resolve("mvn"),
                """
                echo "JAVA_HOME=$JAVA_HOME $*" >> mvn.calls
                while [ -e hold ]; do sleep 0.02; done
                echo "[INFO] Building Bowline: core 0.1.0    [1/2]"
                if [ -e fail ]; then seq 1 40 | sed 's/^/line /'; exit 1; fi
                mkdir -p cli/target/lib
                : > cli/target/bowline-cli-0.1.0.jar
                : > cli/target/lib/bowline-core-0.1.0.jar
                : > cli/target/lib/other-9.jar
                """);
    }

    /// Takes Maven away: PATH then has only what the launcher itself calls.
    Map<String, String> withoutMaven() throws IOException {
        var few = Files.createDirectories(home.resolve("few"));
        for (String tool : List.of("sh", "readlink", "find", "mkdir", "ln", "rm", "mv", "id")) {
            script(few.resolve(tool), "PATH=/usr/bin:/bin exec " + tool + " \"$@\"\n");
        }
        return Map.of("PATH", few.toString());
    }

    private void module(String name) throws IOException {
        Files.createDirectories(source(name).getParent());
        Files.writeString(source(name), "");
        Files.writeString(
                root.resolve(name).resolve("pom.xml"),
                "<project>\n    <artifactId>bowline-" + name + "</artifactId>\n</project>\n");
    }

    Path source(String module) {
        return root.resolve(module).resolve("src/main/java/A.java");
    }

    /// Adds a JDK that writes its arguments to `java.calls` and prints them, one per line.
    Path jdk(String name, String version) throws IOException {
        var jdk = Files.createDirectories(jdks.resolve(name));
        Files.createDirectories(jdk.resolve("bin"));
        Files.writeString(
                jdk.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        script(jdk.resolve("bin/javac"), "exit 1\n");
        script(
                jdk.resolve("bin/java"),
                """
                echo "$*" >> '%1$s/java.calls'
                case "$*" in
                    *"Main --version") echo "9.9.9 (Fake)" ;;
                    *"Main -v") echo "2.9.9 (Fake 9.9.9)" ;;
                    *AOTCacheOutput=*) for a; do case $a in -XX:AOTCacheOutput=*) echo cache > "${a#*=}" ;; esac; done ;;
                    *)
                        echo "LC_ALL=${LC_ALL-} LC_CTYPE=${LC_CTYPE-} input=$(readlink /proc/$$/fd/0)" >> '%1$s/world.calls'
                        printf '%%s\\n' "$@"
                        ;;
                esac
                """
                        .formatted(root));
        return jdk;
    }

    private static void script(Path path, String text) throws IOException {
        Files.writeString(path, "#!/bin/sh\n" + text);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /// What a process left: its exit code and streams.
    record Run(int exitCode, String out, String err) {}

    /// A start that goes on.
    record Started(Process process, Path out, Path err) {
        Run end() throws IOException, InterruptedException {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(
                        "the launcher did not end in " + PATIENCE_SECONDS + " s");
            }
            return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
        }
    }

    Run bowline(String... arguments) throws IOException, InterruptedException {
        return start(Map.of(), root, root.resolve("bowline").toString(), arguments).end();
    }

    Run bowline(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        return start(environment, root, root.resolve("bowline").toString(), arguments).end();
    }

    /// Starts with an environment of nothing but the folders of this house, changed by
    /// `environment`.
    Started start(Map<String, String> environment, Path cwd, String command, String... arguments)
            throws IOException {
        var out = Files.createTempFile(home, "out", "");
        var err = Files.createTempFile(home, "err", "");
        var builder =
                new ProcessBuilder(Stream.concat(Stream.of(command), Stream.of(arguments)).toList())
                        .directory(cwd.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment()
                .putAll(
                        Map.of(
                                "PATH",
                                bin + ":/usr/bin:/bin",
                                "HOME",
                                home.toString(),
                                "BOWLINE_AOT",
                                "off",
                                "BOWLINE_JDK_FOLDERS",
                                jdks.toString()));
        builder.environment().putAll(environment);
        return new Started(builder.start(), out, err);
    }

    List<String> calls(String tool) {
        var file = root.resolve(tool + ".calls");
        try {
            return Files.exists(file) ? Files.readAllLines(file) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /// Gives a file a date that is later than any build so far.
    void touch(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(1)));
    }

    /// The folder of the present build.
    Path app() throws IOException {
        var apps = root.resolve("cli/target/app");
        return apps.resolve(Files.readString(apps.resolve("current")).strip());
    }

    /// Waits until another process has done something.
    static void await(String what, java.util.function.BooleanSupplier done) {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!done.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("waited " + PATIENCE_SECONDS + " s for " + what);
            }
            java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }
}
