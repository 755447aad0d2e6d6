package dev.bowline.cli.prompt;

import static dev.bowline.cli.args.Flag.Kind.INLINE;
import static dev.bowline.cli.args.Flag.Kind.REPEATED;
import static dev.bowline.cli.args.Flag.Kind.SWITCH;
import static dev.bowline.cli.args.Flag.Kind.VALUE;
import static dev.bowline.cli.args.Flag.unused;

import dev.bowline.cli.args.Flag;
import java.util.List;

/// Flags that other engines of the protocol understand and this one has no use for yet. Programs
/// pass them, so they are taken with a warning.
final class OtherFlags {
    private OtherFlags() {}

    static final List<Flag> ALL =
            List.of(
                    unused("--agent", VALUE),
                    unused("--agents", VALUE),
                    unused("--append-subagent-system-prompt", VALUE),
                    unused("--exclude-dynamic-system-prompt-sections", SWITCH),
                    unused("--forward-subagent-text", SWITCH),
                    unused("--prompt-suggestions", SWITCH),
                    unused("--plugin-dir", REPEATED),
                    unused("--plugin-dir-no-mcp", REPEATED),
                    unused("--plugin-url", REPEATED),
                    unused("--channels", VALUE),
                    unused("--project-config-root", VALUE),
                    unused("--await-claim", SWITCH),
                    unused("--workload", VALUE),
                    unused("--name", VALUE).or("-n"),
                    unused("--worktree", INLINE).or("-w"),
                    unused("--advisor", VALUE),
                    unused("--autocompact", INLINE),
                    unused("--bare", SWITCH),
                    unused("--safe-mode", SWITCH),
                    unused("--init", SWITCH),
                    unused("--init-only", SWITCH),
                    unused("--maintenance", SWITCH),
                    unused("--ide", SWITCH),
                    unused("--chrome", SWITCH),
                    unused("--no-chrome", SWITCH),
                    unused("--bg", SWITCH));
}
