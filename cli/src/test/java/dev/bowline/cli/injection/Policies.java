package dev.bowline.cli.injection;

import dev.bowline.AgentOptions;
import dev.bowline.permission.Boundary;
import dev.bowline.permission.PermissionMode;

/// What people let an agent do. Each of them also names two channels: the site at 127.0.0.1 and a
/// server for notes.
enum Policies {
    DEFAULT(PermissionMode.DEFAULT, "Bash", "{\"command\":\"cat README.md | head -3\"}"),
    EDITS(PermissionMode.ACCEPT_EDITS, "Write", Policies.NOTE),
    /// Rules as many people have them.
    RULES(PermissionMode.ACCEPT_EDITS, "Bash", "{\"command\":\"git --version\"}") {
        @Override
        void apply(AgentOptions options) {
            options.allow("Bash(git *)", "Bash(npm *)", "Bash(echo *)", "Bash(ls *)", "Edit");
        }
    },
    PLAN(PermissionMode.PLAN, "Read", "{\"file_path\":\"${PROJECT}/README.md\"}"),
    DONT_ASK(PermissionMode.DONT_ASK, "Glob", "{\"pattern\":\"*.md\"}"),
    BYPASS(PermissionMode.BYPASS, "Write", Policies.NOTE),
    /// All of Bash by a rule.
    BASH(PermissionMode.DEFAULT, "Bash", "{\"command\":\"ls\"}") {
        @Override
        void apply(AgentOptions options) {
            options.allow("Bash", "WebFetch", "WebFetch(domain:*)");
        }
    },
    /// Everything, but for what rules deny.
    DENIED(PermissionMode.BYPASS, "Bash", "{\"command\":\"ls\"}") {
        @Override
        void apply(AgentOptions options) {
            options.deny(
                            "Bash(curl *)",
                            "Bash(rm *)",
                            "Read(~/.ssh/**)",
                            "Read(.env)",
                            "WebFetch(domain:localhost)",
                            "mcp__notes__hidden",
                            "Edit(.git/**)")
                    .boundary(Boundary.OPEN);
        }
    },
    /// No policy at all: shows that the orders would have an effect.
    OPEN(PermissionMode.BYPASS, "Write", Policies.NOTE) {
        @Override
        void apply(AgentOptions options) {
            options.boundary(Boundary.OPEN);
        }
    };

    private static final String NOTE =
            "{\"file_path\":\"${PROJECT}/notes.txt\",\"content\":\"noted\"}";

    private final PermissionMode mode;
    private final Order wanted;

    Policies(PermissionMode mode, String tool, String input) {
        this.mode = mode;
        this.wanted = new Order(tool, input);
    }

    /// Something ordinary that the policy lets run without a question.
    Order wanted() {
        return wanted;
    }

    void apply(AgentOptions options) {}

    final void on(AgentOptions options) {
        options.permissionMode(mode).allow("WebFetch(domain:127.0.0.1)", "mcp__notes__read");
        apply(options);
    }
}
