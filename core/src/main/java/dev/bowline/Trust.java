package dev.bowline;

import dev.bowline.permission.Approver;
import dev.bowline.permission.Boundary;
import dev.bowline.permission.PermissionMode;
import dev.bowline.permission.PermissionStore;
import dev.bowline.permission.PermissionUpdate.Behavior;
import dev.bowline.permission.PermissionUpdate.Destination;
import dev.bowline.permission.Rule;
import dev.bowline.permission.RuleBook;
import dev.bowline.tool.ChildEnvironment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What [AgentOptions] say about what an agent may do, and who is asked.
final class Trust {
    final List<RuleBook.Given> rules = new ArrayList<>();
    PermissionMode mode = PermissionMode.DEFAULT;
    Boundary boundary = Boundary.ASK;
    Approver approver = Approver.NOBODY;
    PermissionStore store = PermissionStore.NOTHING;
    @Nullable List<String> secrets;

    /// Rules as a program gives them.
    static List<RuleBook.Given> given(Behavior behavior, String... texts) {
        return Arrays.stream(texts)
                .map(Rule::parse)
                .map(rule -> new RuleBook.Given(rule, behavior, Destination.CLI_ARG))
                .toList();
    }

    /// The values that nobody may read: those of the process's environment unless said otherwise.
    List<String> secrets() {
        return secrets == null ? ChildEnvironment.secrets(System.getenv()) : secrets;
    }
}
