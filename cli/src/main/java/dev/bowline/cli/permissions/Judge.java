package dev.bowline.cli.permissions;

import dev.bowline.cli.wiring.Toolbox;
import dev.bowline.json.Json;
import dev.bowline.permission.PermissionUpdate.Behavior;
import dev.bowline.permission.PermissionUpdate.Destination;
import dev.bowline.permission.Place;
import dev.bowline.permission.Policy;
import dev.bowline.permission.Rule;
import dev.bowline.permission.RuleBook;
import dev.bowline.permission.ToolCall;
import dev.bowline.permission.Verdict;
import dev.bowline.tool.Access;
import dev.bowline.tool.Effect;
import dev.bowline.tool.FolderLook;
import dev.bowline.tool.Tool;
import dev.bowline.tool.ToolContext;
import dev.bowline.tools.web.AddressPolicy;
import dev.bowline.tools.web.NameLookup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Decides cases with the tools' own facts and the policy that sessions use.
final class Judge {
    /// Tools of which every call that makes sense touches something.
    private static final Set<String> TOUCHING =
            Set.of("Bash", "Read", "Write", "Edit", "NotebookEdit", "Glob", "Grep", "WebFetch");

    private final List<Tool> tools;

    Judge() {
        this(Toolbox.all());
    }

    Judge(List<Tool> tools) {
        this.tools = tools;
    }

    /// What came out: the verdict, and what is wrong with rules, each of which was left out.
    record Ruling(ToolCall call, Verdict verdict, List<String> problems) {}

    Ruling decide(PolicyCase one) {
        var problems = new ArrayList<String>();
        var rules = new ArrayList<RuleBook.Given>();
        add(one.deny(), Behavior.DENY, rules, problems);
        add(one.ask(), Behavior.ASK, rules, problems);
        add(one.allow(), Behavior.ALLOW, rules, problems);
        var directory = real(one.directory());
        var place =
                new Place(
                        directory,
                        real(one.home()),
                        one.additional().stream().map(Judge::real).toList(),
                        new FolderLook()::holds);
        var policy = new Policy(one.mode(), new RuleBook(rules, place.directories()), place);
        var context = new StillContext(directory, place.home(), place.directories());
        var call = call(one, context);
        return new Ruling(call, policy.decide(call), problems);
    }

    private ToolCall call(PolicyCase one, ToolContext context) {
        var name = one.tool().equals("Monitor") ? "Bash" : one.tool();
        var tool = tools.stream().filter(known -> known.name().equals(name)).findFirst();
        return new ToolCall(
                one.tool(),
                one.input(),
                tool.map(Tool::effect).orElse(Effect.WRITE),
                tool.map(known -> lookedUp(one, facts(known, one.input(), context)))
                        .orElse(List.of()),
                tool.map(Tool::needsPerson).orElse(false));
    }

    /// What the call would touch; a call that its tool can't make sense of is not understood.
    private static List<Access> facts(Tool tool, Json input, ToolContext context) {
        try {
            var facts = tool.accesses(input, context);
            boolean lacks =
                    tool.name().equals("Bash") && !(input.asMap().get("command") instanceof String);
            return lacks || facts.isEmpty() && TOUCHING.contains(tool.name())
                    ? List.of(Access.Runs.unreadable(input.text()))
                    : facts;
        } catch (RuntimeException notUnderstood) {
            return List.of(Access.Runs.unreadable(input.text()));
        }
    }

    /// With the addresses that the case gives to names; a name that it gives none is refused. Names
    /// of a case without any are not looked up, as this connects to nothing.
    private static List<Access> lookedUp(PolicyCase one, List<Access> facts) {
        var dns = one.dns();
        if (dns == null) {
            return facts;
        }
        var policy = new AddressPolicy(NameLookup.of(dns), Set.of());
        return facts.stream()
                .map(access ->
                        access instanceof Access.Contacts(String url, String refusal)
                                        && refusal == null
                                ? policy.contacts(url)
                                : access)
                .toList();
    }

    private static void add(
            List<String> texts,
            Behavior behavior,
            List<RuleBook.Given> rules,
            List<String> problems) {
        for (var text : texts) {
            try {
                var rule = Rule.parse(text);
                if (behavior == Behavior.ALLOW) {
                    rule.unfitToAllow().ifPresent(problems::add);
                }
                rules.add(new RuleBook.Given(rule, behavior, Destination.SESSION));
            } catch (IllegalArgumentException e) {
                problems.add(String.valueOf(e.getMessage()));
            }
        }
    }

    /// A path with the links of what exists of it resolved.
    private static Path real(Path path) {
        for (Path at = path; at != null; at = at.getParent()) {
            try {
                return at.toRealPath().resolve(at.relativize(path)).normalize();
            } catch (IOException notThere) {
                // its parent may be
            }
        }
        return path;
    }
}
