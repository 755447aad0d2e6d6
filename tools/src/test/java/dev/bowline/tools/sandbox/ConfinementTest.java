package dev.bowline.tools.sandbox;

import static org.junit.jupiter.api.Assertions.*;

import dev.bowline.tool.ToolResult;
import dev.bowline.tools.TestContext;
import dev.bowline.tools.option.SandboxSettings;
import dev.bowline.tools.option.ToolOptions;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class ConfinementTest {
    @TempDir Path folder;
    private Confined session;

    @BeforeEach
    void open() {
        session = new Confined(folder, SandboxSettings.ON);
    }

    @AfterEach
    void close() throws Exception {
        if (session != null) {
            session.close();
        }
    }

    private Path project() {
        return session.project();
    }

    private void repository() throws Exception {
        var git = Files.createDirectories(project().resolve(".git/hooks")).getParent();
        Files.createDirectories(git.resolve("objects"));
        Files.createDirectories(git.resolve("refs"));
        Files.writeString(git.resolve("HEAD"), "ref: refs/heads/main\n");
        Files.writeString(git.resolve("config"), "[core]\n\trepositoryformatversion = 0\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "echo hi > a.txt && cat a.txt",
                "mkdir -p x/y && cp /etc/hostname x/y/h && mv x z && rm -r z",
                "echo 1 | sort | uniq -c | grep 1",
                "ln -s a.txt l && [ -L l ]",
                "echo t > /tmp/t && cat /tmp/t && cat /var/tmp/t",
                "f=$(mktemp) && echo $f | grep ^/tmp/ && rm $f",
                "ps ax > p.txt; wc -l < p.txt",
                "cat <(echo sub)",
                "head -c 10 /dev/urandom | wc -c; echo x > /dev/null",
                "chmod +x . && touch -d yesterday f && find . -name f -delete",
                "mkdir sub && cd sub && echo x > y",
                "exec 5<>rw.txt; echo x >&5",
                "mkdir -p node_modules/x/.git && touch node_modules/x/.npmrc",
                "(sleep 0.01 &) ; wait; echo done",
                "for i in $(seq 100); do /bin/true & done; wait; echo all",
            })
    void ordinaryCommandsWork(String command) throws Exception {
        assertInstanceOf(
                ToolResult.Success.class, session.call("command", command), session.run(command));
    }

    @Test
    void placesOutsideCanNotBeWritten() throws Exception {
        var outside = Files.createDirectory(folder.resolve("outside"));
        var target = Files.writeString(outside.resolve("file"), "mine");
        Files.createSymbolicLink(project().resolve("link"), outside);
        session.run(
                "echo x > '"
                        + target
                        + "'; rm -rf '"
                        + outside
                        + "'; echo x > link/file; echo x > link/new; mv link/file .; "
                        + "echo x > /etc/bowline-test; echo x > ~/bowline-test; echo x > /usr/bowline-test");
        assertEquals("mine", Files.readString(target));
        try (var entries = Files.list(outside)) {
            assertEquals(List.of(target), entries.toList());
        }
        assertFalse(Files.exists(Path.of("/etc/bowline-test")));
        assertFalse(Files.exists(Path.of("/usr/bowline-test")));
        assertFalse(Files.exists(Path.of(System.getenv("HOME"), "bowline-test")));
    }

    @Test
    void writingOutsideFailsWithAWordOnTheSandbox() throws Exception {
        var result = session.call("command", "echo x > /etc/bowline-test");
        assertInstanceOf(ToolResult.Failure.class, result);
        assertTrue(result.text().contains("Read-only file system"), result.text());
        assertTrue(result.text().contains("ran in a sandbox"), result.text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "echo x > .git/hooks/pre-commit",
                "echo x >> .git/config",
                "mv .git .g && mkdir -p .git/hooks && echo x > .git/hooks/pre-commit",
                "rm -rf .git/hooks; mkdir .git/hooks",
                "mv .git/hooks .git/h",
                "cd .git && ln -sfn /tmp hooks",
                "ln -f .git/config c && echo x > c",
                "echo /tmp > .git/commondir",
                "mkdir .vscode && echo {} > .vscode/settings.json",
                "ln -s /tmp .vscode",
                "rmdir .vscode && mkdir .vscode",
                "mv .vscode v",
                "mkdir -p .claude/hooks; echo {} > .claude/settings.json",
                "echo {} > .bowline/settings.json",
                "echo {} > .mcp.json",
                "echo x > .npmrc",
                "cp /dev/null .npmrc",
                "sed -i s/a/b/ .npmrc",
                "mv .npmrc n && echo x > .npmrc",
                "mount --bind /tmp .git/hooks && echo x > .git/hooks/pre-commit",
                "umount .git/hooks; echo x > .git/hooks/pre-commit",
                "unshare -Urm bash -c 'umount .git/hooks; umount -l .git; mount -o remount,rw,bind .git/hooks; echo x > .git/hooks/pre-commit'",
                "perl -e 'rename(\".git/hooks\", \"x\"); symlink(\"/tmp\", \".git/hooks\")'",
            })
    void whatSteersToolsStaysAsItIs(String command) throws Exception {
        repository();
        Files.writeString(project().resolve(".npmrc"), "a=1\n");
        var config = Files.readString(project().resolve(".git/config"));
        session.run(command);
        assertEquals(config, Files.readString(project().resolve(".git/config")));
        assertTrue(Files.isDirectory(project().resolve(".git/hooks"), LinkOption.NOFOLLOW_LINKS));
        try (var hooks = Files.list(project().resolve(".git/hooks"))) {
            assertEquals(List.of(), hooks.toList());
        }
        assertEquals("a=1\n", Files.readString(project().resolve(".npmrc")));
        for (var name : List.of(".vscode", ".claude", ".bowline", ".mcp.json", ".git/commondir")) {
            gone(project().resolve(name));
        }
    }

    /// Placeholders go just after the command.
    private static void gone(Path path) throws InterruptedException {
        long deadline = System.nanoTime() + 5_000_000_000L;
        while (Files.exists(path, LinkOption.NOFOLLOW_LINKS) && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertFalse(Files.exists(path, LinkOption.NOFOLLOW_LINKS), path.toString());
    }

    @Test
    void commitsWorkInARepository() throws Exception {
        repository();
        var said =
                session.run(
                        "git add -A . && git -c user.name=a -c user.email=a@example.org commit -qm x --allow-empty && git log --oneline && git status --short");
        assertTrue(said.contains(" x"), said);
    }

    @Test
    void aRepositoryCanNotBeMadeInItsPlace() throws Exception {
        session.run("git init -q .; mkdir .git/hooks; echo x > .git/config");
        gone(project().resolve(".git"));
    }

    @Test
    void aLinkInAProtectedPlaceFailsTheCommand() throws Exception {
        Files.createSymbolicLink(project().resolve(".vscode"), folder);
        var result = session.call("command", "echo ran > ran");
        assertTrue(result.text().contains("is a link"), result.text());
        assertFalse(Files.exists(project().resolve("ran")));
    }

    @Test
    void temporaryFilesArePrivateAndLastAsLongAsTheSession() throws Exception {
        var outside = Files.createTempFile("bowline-outside", "");
        try {
            var said = session.run("echo x > /tmp/kept; ls /tmp '" + outside + "' 2>&1");
            assertTrue(said.contains("No such file"), said);
            assertEquals("x", session.run("cat /tmp/kept"));
            assertFalse(Files.exists(Path.of("/tmp/kept")));
        } finally {
            Files.delete(outside);
        }
    }

    @Test
    void theWorkingDirectoryCarriesOver() throws Exception {
        session.run("mkdir -p a/b && cd a/b");
        assertEquals(project().resolve("a/b"), session.context.workingDirectory());
        assertEquals(project().resolve("a/b").toString(), session.run("pwd"));
        session.run("echo x > f; cd /tmp");
        assertEquals(project(), session.context.workingDirectory());
        assertTrue(Files.exists(project().resolve("a/b/f")));
    }

    @Test
    void programsFromInsideDoNotRunOutside() throws Exception {
        var bin = project().resolve("bin");
        session.context.with("PATH", bin + ":" + System.getenv("PATH"));
        var trace = folder.resolve("trace");
        session.run(
                "mkdir bin; for p in bash setsid bwrap rm rmdir perl; do printf '#!/bin/sh\\necho x > \"%s\"\\n' '"
                        + trace
                        + "' > bin/$p; chmod +x bin/$p; done");
        assertTrue(Files.isExecutable(bin.resolve("bash")));
        session.run("echo next");
        session.call("command", "/bin/sleep 30", "timeout", 300L, "run_in_background", false);
        assertFalse(Files.exists(trace));
    }

    @Test
    void exitCodesComeThrough() throws Exception {
        assertTrue(session.run("exit 7").startsWith("Exit code 7"));
        assertTrue(session.run("kill -9 $$").startsWith("Exit code 137"));
    }

    @Test
    void ourFoldersCanNotBeWritten() throws Exception {
        session.run("echo first");
        var results = session.context.resultsDirectory();
        session.run("echo x > '" + results + "/planted'; rm -rf '" + results + "'");
        assertFalse(Files.exists(results.resolve("planted")));
        assertTrue(Files.isDirectory(results));
    }

    @Test
    void thereAreNoDescriptorsOfOurs() throws Exception {
        var said = session.run("for fd in /proc/$$/fd/*; do readlink $fd; done; true");
        var known = session.context.resultsDirectory().toString();
        assertTrue(
                said.lines()
                        .allMatch(to ->
                                to.isEmpty() || to.equals("/dev/null") || to.startsWith(known)),
                said);
    }

    @Test
    void secretsAreNotInside() throws Exception {
        session.context.with("ANTHROPIC_API_KEY", "sk-secret").with("SSH_AUTH_SOCK", "/tmp/agent");
        var said = session.run("env; cat /proc/*/environ | tr '\\0' '\\n'");
        assertFalse(said.contains("sk-secret"), said);
        assertFalse(said.contains("SSH_AUTH_SOCK"), said);
    }

    @Test
    void credentialsInTheHomeAreNotInside() throws Exception {
        var home = Files.createDirectories(folder.resolve("home/.ssh")).getParent();
        Files.writeString(home.resolve(".ssh/id_rsa"), "PRIVATE");
        Files.writeString(home.resolve(".netrc"), "PRIVATE");
        session.context.with("HOME", home.toString());
        assertFalse(session.run("cat ~/.ssh/* ~/.netrc; ls -a ~/.ssh").contains("PRIVATE"));
    }

    @Test
    void otherProcessesAreNotSeen() throws Exception {
        var said = session.run("ls /proc | grep -c '^[0-9]'; cat /proc/1/cmdline | tr '\\0' ' '");
        assertTrue(Integer.parseInt(said.lines().findFirst().orElse("99").strip()) < 10, said);
        var victim = new ProcessBuilder("sleep", "60").start();
        try {
            session.run("kill -9 " + victim.pid() + "; kill -9 -1");
            assertTrue(victim.isAlive());
        } finally {
            victim.destroyForcibly();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sudo -n id -u",
                "mount -t tmpfs none /mnt",
                "chroot / id -u",
                "mknod d b 8 0",
                "echo 1 > /proc/sys/kernel/panic_on_oops",
                "echo core > /proc/sys/kernel/core_pattern",
                "hostname bowline-test",
                "chown 12345 .",
                "exec 3>/dev/tty",
                "perl -e 'ioctl(STDIN, 0x5412, \"x\") or exit 1'",
                "cat /dev/kmsg /dev/mem /dev/sda",
            })
    void rightsOfTheSystemAreGone(String command) throws Exception {
        assertInstanceOf(
                ToolResult.Failure.class, session.call("command", command), session.run(command));
    }

    @Test
    void aNewSessionHasNoTerminalAndNoRights() throws Exception {
        var said = session.run("grep -E 'Cap(Eff|Bnd|Prm)|NoNewPrivs' /proc/self/status; tty");
        assertTrue(said.contains("CapEff:\t0000000000000000"), said);
        assertTrue(said.contains("CapBnd:\t0000000000000000"), said);
        assertTrue(said.contains("NoNewPrivs:\t1"), said);
        assertTrue(said.contains("not a tty"), said);
    }

    @Test
    void pathsOfTheSettingsCount() throws Exception {
        session.close();
        var more = Files.createDirectory(folder.resolve("more")).toRealPath();
        var secret = Files.createDirectory(folder.resolve("secret")).toRealPath();
        Files.writeString(secret.resolve("s"), "PRIVATE");
        var project = folder.resolve("project").toRealPath();
        Files.writeString(project.resolve("kept"), "kept");
        var files =
                new SandboxSettings.Files(
                        List.of(more.toString()),
                        List.of(
                                project.resolve("kept").toString(),
                                project.resolve("new").toString()),
                        List.of(),
                        List.of(secret.toString()));
        session = new Confined(folder, SandboxSettings.ON.withFiles(files));
        var said =
                session.run(
                        "echo x > '"
                                + more
                                + "/f'; cat '"
                                + secret
                                + "/s'; echo x > kept; echo x > new; mkdir new/x");
        assertTrue(Files.exists(more.resolve("f")), said);
        assertFalse(said.contains("PRIVATE"), said);
        assertEquals("kept", Files.readString(project.resolve("kept")));
        gone(project.resolve("new"));
    }

    @Test
    void commandsThatAreExcludedRunOutside() throws Exception {
        session.close();
        var settings =
                new SandboxSettings(
                        true,
                        true,
                        List.of("touch *"),
                        true,
                        false,
                        SandboxSettings.Network.NONE,
                        SandboxSettings.Files.NONE);
        session = new Confined(new TestContext(folder), ToolOptions.DEFAULTS.withSandbox(settings));
        var file = folder.resolve("outside");
        session.run("touch '" + file + "'");
        assertTrue(Files.exists(file));
        assertFalse(Files.exists(folder.resolve("other")));
        session.run("echo > '" + folder.resolve("other") + "'");
        assertFalse(Files.exists(folder.resolve("other")));
        session.call(
                "command",
                "echo > '" + folder.resolve("left") + "'",
                "dangerouslyDisableSandbox",
                true);
        assertTrue(Files.exists(folder.resolve("left")));
    }
}
