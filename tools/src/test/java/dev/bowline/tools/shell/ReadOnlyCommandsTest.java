package dev.bowline.tools.shell;

import static org.junit.jupiter.api.Assertions.*;

import dev.bowline.tool.Access;
import dev.bowline.tools.TestContext;
import dev.bowline.tools.option.ToolOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadOnlyCommandsTest {
    @TempDir Path folder;
    private TestContext context;

    @BeforeEach
    void open() throws IOException {
        context = new TestContext(folder).with("PATH", "/usr/local/bin:/usr/bin:/bin");
        for (var name : List.copyOf(context.environment().keySet())) {
            if (name.startsWith("GIT_") || name.startsWith("LD_") || name.equals("CDPATH")) {
                context.without(name);
            }
        }
        context.file("src/a.txt", "a");
        Files.createDirectories(context.projectDirectory().resolve(".git"));
        context.file(".git/config", "[core]\n\tbare = false\n[remote \"origin\"]\n\turl = x\n");
        Files.writeString(folder.resolve("outside.txt"), "secret");
        Files.createSymbolicLink(
                context.projectDirectory().resolve("leak"), folder.resolve("outside.txt"));
    }

    private boolean covers(String command) {
        return ReadOnlyCommands.in(context).covers(command);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ls",
                "ls -la",
                "ls -la src",
                "ls *.txt",
                "pwd",
                "cat src/a.txt",
                "cat ./src/../src/a.txt",
                "head -n 5 src/a.txt",
                "head -20 src/a.txt",
                "tail -n +3 src/a.txt",
                "wc -l src/*",
                "echo hello world",
                "echo 'a; rm -rf /'",
                "echo \"a && b\"",
                "grep -rn foo src",
                "grep -rn 'a|b' src",
                "grep -c \"x y\" src/a.txt",
                "rg foo",
                "rg -n --hidden foo src",
                "find . -name '*.txt'",
                "find src -type f -maxdepth 2",
                "find . -name \\*.txt",
                "find . \\( -name a -o -name b \\)",
                "find . ! -name a",
                "cat src/a.txt | grep a | wc -l",
                "ls && pwd",
                "ls || echo none",
                "ls; pwd",
                "cd src && ls",
                "cd src",
                "test -f src/a.txt",
                "[ -f src/a.txt ]",
                "diff src/a.txt src/a.txt",
                "stat src",
                "du -sh src",
                "which bash",
                "true",
                "ls 2>/dev/null",
                "ls missing 2>&1 | head -3",
                "git status",
                "git status --short",
                "git log --oneline -5",
                "git diff",
                "git diff --stat HEAD~1",
                "git show HEAD:src/a.txt",
                "git branch",
                "git branch -a",
                "git remote -v",
                "git log --format='%h %s'",
                "git --no-pager log -3",
                "git rev-parse --show-toplevel",
                "git ls-files src",
                "sed -n '1,5p' src/a.txt",
                "sed -n 3p src/a.txt",
                "sort src/a.txt",
                "sort -rn src/a.txt | uniq -c",
                "cut -d: -f1 src/a.txt",
                "  ls  "
            })
    void harmlessCommandsAreSeenAsSuch(String command) {
        assertTrue(covers(command), command);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "rm a",
                "ls; rm a",
                "ls && rm a",
                "ls | tee x",
                "ls > x",
                "ls >> x",
                "ls >/dev/nullx",
                "echo $(rm a)",
                "echo `rm a`",
                "echo \"$(rm a)\"",
                "echo \"`rm a`\"",
                "echo $HOME",
                "cat \"$X\"",
                "ls &",
                "ls & rm a",
                "ls\nrm a",
                "ls\rrm",
                "(ls)",
                "{ ls; }",
                "! ls",
                "A=1 ls",
                "LD_PRELOAD=x ls",
                "cat < src/a.txt",
                "cat <(ls)",
                "cat <<EOF",
                "cat /etc/passwd",
                "cat ../outside.txt",
                "cat src/../../outside.txt",
                "cat leak",
                "cat ~/.ssh/id_rsa",
                "cat *",
                "grep x *",
                "ls /etc",
                "ls ..",
                "head -c5 leak",
                "find . -delete",
                "find . -exec rm {} ;",
                "find . -exec rm {} \\;",
                "find . -execdir x \\;",
                "find . -ok x \\;",
                "find . -fprint x",
                "find . -fls x",
                "find / -name x",
                "find -L . -name x",
                "find . -files0-from x",
                "grep -f leak src/a.txt",
                "grep -R x .",
                "grep --file=leak x",
                "rg --pre cat x",
                "rg --pre=cat x",
                "rg -f leak x",
                "rg --follow x",
                "rg -L x",
                "rg --hostname-bin=x y",
                "sort -o x src/a.txt",
                "sort --output=x src/a.txt",
                "sort --compress-program=x src/a.txt",
                "uniq src/a.txt other",
                "tree -o x",
                "sed -i s/a/b/ src/a.txt",
                "sed -n '1w x' src/a.txt",
                "sed -n '1e rm' src/a.txt",
                "sed s/a/b/ src/a.txt",
                "awk '{print}' src/a.txt",
                "xargs rm",
                "ls | xargs rm",
                "env ls",
                "sudo ls",
                "time ls",
                "bash -c ls",
                "sh x",
                "eval ls",
                "exec ls",
                "source x",
                ". x",
                "command ls",
                "python x",
                "date -s x",
                "hostname x",
                "git",
                "git push",
                "git commit -m x",
                "git checkout .",
                "git -c core.pager=x log",
                "git -C /tmp status",
                "git diff --output=x",
                "git diff --ext-diff",
                "git log --output=x",
                "git branch x",
                "git branch -D x",
                "git tag x",
                "git stash",
                "git remote add x y",
                "git grep -O x",
                "git diff --no-index /etc/passwd x",
                "git diff /etc/passwd /etc/shadow",
                "git --exec-path=x status",
                "git status; git push",
                "cd src && git status",
                "git log --format=%G?",
                "git fetch",
                "git reflog expire",
                "git config user.name x",
                "cd",
                "cd -",
                "cd ..",
                "cd / && ls",
                "cd src; ls",
                "cd src || ls",
                "cd src && cat ../../outside.txt",
                "ls && cd src",
                "cd leak",
                "cd src | ls",
                "ls |& cat",
                "ls ;; ls",
                "ls ||",
                "&& ls",
                "| ls",
                "ls 'open",
                "ls \"open",
                "ls \\",
                "ls {a,b}",
                "ls ~",
                "/bin/ls",
                "./ls",
                "l\\s",
                "echo a\0b",
                "ls \u001b[0m",
                "file -C -m x",
                "md5sum -c leak",
                "wc --files0-from=leak",
                "du -X leak",
                "cat -- leak"
            })
    void anythingElseIsNot(String command) {
        assertFalse(covers(command), command);
    }

    @Test
    void aRepositoryThatMakesGitRunProgramsIsNotLookedAt() throws IOException {
        for (var line :
                List.of(
                        "[core]\nfsmonitor = x",
                        "[diff]\nexternal = x",
                        "[filter \"a\"]\nclean = x",
                        "[include]\npath = x",
                        "[core]\n\tFSMonitor=x")) {
            context.file(".git/config", line);
            assertFalse(covers("git status"), line);
        }
    }

    @Test
    void aBareRepositoryInTheProjectIsNotLookedAt() throws IOException {
        Files.delete(context.projectDirectory().resolve(".git/config"));
        Files.delete(context.projectDirectory().resolve(".git"));
        context.file("HEAD", "ref: refs/heads/main");
        assertFalse(covers("git status"));
    }

    @Test
    void theEnvironmentCounts() {
        assertFalse(covers(context.with("GIT_EXTERNAL_DIFF", "x"), "git diff"));
        assertTrue(covers(context.without("GIT_EXTERNAL_DIFF"), "git diff"));
        assertFalse(covers(context.with("RIPGREP_CONFIG_PATH", "x"), "rg a"));
        assertFalse(covers(context.with("CDPATH", "/"), "cd src && ls"));
        assertFalse(covers(context.with("PATH", "bin:/usr/bin"), "ls"));
        assertFalse(
                covers(context.with("PATH", context.projectDirectory() + "/bin:/usr/bin"), "ls"));
        assertFalse(covers(context.with("PATH", "/usr/bin:"), "ls"));
    }

    private static boolean covers(TestContext context, String command) {
        return ReadOnlyCommands.in(context).covers(command);
    }

    @Test
    void longCommandsAreNotLookedAt() {
        assertFalse(covers("echo " + "x".repeat(10_000)));
        assertTrue(covers("echo " + "x".repeat(9_000)));
    }

    @Test
    void bashSaysSoToThePolicy() {
        var bash = TestContext.tool(ToolOptions.DEFAULTS, "Bash");
        assertEquals(
                List.of(new Access.Runs("ls src", List.of(), Access.Nature.READS)),
                bash.accesses(TestContext.input("command", "ls src"), context));
        assertEquals(
                List.of(new Access.Runs("rm x", List.of(), Access.Nature.PLAIN)),
                bash.accesses(TestContext.input("command", "rm x"), context));
    }
}
