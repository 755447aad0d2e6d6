package dev.bowline.cli.wiring;

import dev.bowline.cli.args.Arguments;
import dev.bowline.cli.args.Nearest;
import dev.bowline.cli.args.UsageException;
import dev.bowline.error.ErrorCode;
import dev.bowline.tool.Tool;
import dev.bowline.tools.BuiltinTools;
import dev.bowline.tools.option.ToolOptions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The built-in tools, or those of them that `--tools` names.
public final class Toolbox {
    private Toolbox() {}

    public static List<Tool> all() {
        return all(ToolOptions.DEFAULTS);
    }

    public static List<Tool> all(ToolOptions options) {
        return BuiltinTools.all(options).stream().sorted(Comparator.comparing(Tool::name)).toList();
    }

    /// @throws UsageException naming a tool that isn't there
    public static List<Tool> chosen(Arguments args, ToolOptions options) {
        if (args.has("--tools") && !args.all("--tools").contains("default")) {
            var known = withPeople(options);
            args.all("--tools").forEach(name -> find(name, known));
        }
        return known(args, false, options);
    }

    /// The same for a host, whose list may name tools that this engine doesn't have; `people` when
    /// somebody can be asked. Without anybody the tools for that are left out, also when they are
    /// named.
    public static List<Tool> known(Arguments args, boolean people, ToolOptions options) {
        var all = people ? withPeople(options) : all(options);
        var names = args.all("--tools");
        return !args.has("--tools") || names.contains("default")
                ? all
                : all.stream().filter(tool -> names.contains(tool.name())).toList();
    }

    private static List<Tool> withPeople(ToolOptions options) {
        var known = new ArrayList<>(all(options));
        known.addAll(BuiltinTools.forPeople());
        known.sort(Comparator.comparing(Tool::name));
        return known;
    }

    /// @throws UsageException naming the nearest tool
    public static Tool find(String name, List<Tool> all) {
        return all.stream()
                .filter(tool -> tool.name().equals(name))
                .findFirst()
                .orElseThrow(() -> {
                    var names = all.stream().map(Tool::name).toList();
                    return new UsageException(
                            ErrorCode.TOOL_UNKNOWN,
                            "there is no tool named "
                                    + name
                                    + Nearest.to(name, names)
                                            .map(n -> "; did you mean " + n + "?")
                                            .orElse("")
                                    + " (bowline tools list shows all)");
                });
    }
}
