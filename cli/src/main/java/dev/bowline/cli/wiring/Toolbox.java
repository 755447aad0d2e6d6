package dev.bowline.cli.wiring;

import dev.bowline.cli.args.Arguments;
import dev.bowline.cli.args.Nearest;
import dev.bowline.cli.args.UsageException;
import dev.bowline.error.ErrorCode;
import dev.bowline.tool.Tool;
import dev.bowline.tools.BuiltinTools;
import java.util.Comparator;
import java.util.List;

/// The built-in tools, or those of them that `--tools` names.
public final class Toolbox {
    private Toolbox() {}

    public static List<Tool> all() {
        return BuiltinTools.all().stream().sorted(Comparator.comparing(Tool::name)).toList();
    }

    /// @throws UsageException naming a tool that isn't there
    public static List<Tool> chosen(Arguments args) {
        var all = all();
        var names = args.all("--tools");
        if (!args.has("--tools") || names.contains("default")) {
            return all;
        }
        names.forEach(name -> find(name, all));
        return all.stream().filter(tool -> names.contains(tool.name())).toList();
    }

    /// The same for a host, whose list may name tools that this engine doesn't have.
    public static List<Tool> known(Arguments args) {
        var names = args.all("--tools");
        return !args.has("--tools") || names.contains("default")
                ? all()
                : all().stream().filter(tool -> names.contains(tool.name())).toList();
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
