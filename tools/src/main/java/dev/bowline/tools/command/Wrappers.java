package dev.bowline.tools.command;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Programs that only start another one. The first table is looked through: what stands behind is
/// judged as if it stood alone. The second is for those that do more: they have to be allowed
/// themselves, and what they start too. The number says how many operands stand before the program.
final class Wrappers {
    private static final String THROUGH =
            """
            timeout,gtimeout | 1 | vfp k: s: --foreground --preserve-status --verbose --kill-after= --signal=
            time | 0 | pvqa f: --portability --verbose --quiet --format=
            nice | 0 | -N n: --adjustment=
            nohup | 0 |
            stdbuf | 0 | i: o: e: --input= --output= --error=
            command | 0 | p
            builtin,noglob,nocorrect,exec | 0 | cl a:
            ionice | 0 | t c: n: --class= --classdata= --ignore
            chrt | 1 | abfiorRvmd T: P: D: --batch --fifo --idle --other --rr --reset-on-fork --verbose --all-tasks
            taskset | 1 | a --all-tasks
            busybox,toybox | 0 |
            chronic,unbuffer,catchsegv,caffeinate,winpty | 0 | ev
            """;

    private static final String STARTING =
            """
            watch | 0 | bcdegtx n: --interval= --differences? --no-title --color --exec --errexit --chgexit --beep --precise
            setsid | 0 | cfw --ctty --fork --wait
            strace,ltrace | 0 | fqvtTrckyCxi e: s: p: E: a: S: u: o: P: O: b: --follow-forks
            chroot | 1 | --userspec= --groups= --skip-chdir
            flock | 1 | sxneuoF w: E: --shared --exclusive --nonblock --timeout= --no-fork --close
            unshare | 0 | mipnuUrCfT --mount --uts --ipc --net --pid --user --fork --map-root-user
            nsenter | 0 | mipnuUrCFTa t: S: G: --mount --uts --ipc --net --pid --user --all --target=
            setpriv,prlimit,numactl,choom,cpulimit,softlimit | 0 |
            valgrind,perf,rr,heaptrack | 0 | q --leak-check= --track-origins= --show-leak-kinds= --error-exitcode=
            xvfb-run,dbus-run-session,fakeroot,firejail,proot,rlwrap,torsocks,torify,proxychains,proxychains4 | 0 | a
            systemd-run,systemd-inhibit,start-stop-daemon,daemonize,runuser | 0 | u: --user --scope --unit= --wait --pipe
            entr,parallel,gdbserver,coproc,mpirun,mpiexec,srun,hyperfine | 0 | rcdnsk j: N: L: n: --bar --jobs=
            """;

    /// What a wrapper is called with: the program behind it, or empty where options aren't known.
    record Wrapper(Options options, int operands) {
        Optional<List<Argument>> program(List<Argument> arguments) {
            var taken = options.take(arguments, true);
            var rest = taken.operands();
            return !taken.known() && !isOnlyBehind(rest, arguments) || rest.size() < operands
                    ? Optional.empty()
                    : Optional.of(rest.subList(operands, rest.size()));
        }

        /// Whether what isn't known stands in the program's own words.
        private boolean isOnlyBehind(List<Argument> rest, List<Argument> arguments) {
            int before = arguments.size() - rest.size();
            return options.take(arguments.subList(0, before), true).known();
        }
    }

    private static final Map<String, Wrapper> LOOKED_THROUGH = table(THROUGH);
    private static final Map<String, Wrapper> STARTERS = table(STARTING);

    private Wrappers() {}

    private static Map<String, Wrapper> table(String text) {
        var all = new HashMap<String, Wrapper>();
        for (var line : text.lines().toList()) {
            var columns = line.split("\\|", -1);
            var wrapper = new Wrapper(Options.of(columns[2]), Integer.parseInt(columns[1].strip()));
            for (var name : columns[0].strip().split(",", -1)) {
                all.put(name, wrapper);
            }
        }
        return all;
    }

    static Optional<Wrapper> lookedThrough(String name) {
        return Optional.ofNullable(LOOKED_THROUGH.get(name));
    }

    static Optional<Wrapper> starting(String name) {
        return Optional.ofNullable(STARTERS.get(name));
    }

    /// Whether the shell does it, so that functions aside nothing new is started.
    static boolean isShells(String name) {
        return List.of("command", "builtin", "exec").contains(name);
    }

    /// The ends of a list of words that may be a program with its arguments.
    static List<List<Argument>> ends(List<Argument> arguments) {
        var all = new ArrayList<List<Argument>>();
        for (int i = 0; i < Math.min(arguments.size(), 12); i++) {
            if (!arguments.get(i).startsWith("-")) {
                all.add(arguments.subList(i, arguments.size()));
            }
        }
        return all;
    }
}
