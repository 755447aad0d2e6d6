package dev.bowline.tools.person;

import dev.bowline.tool.Tool;
import java.util.List;

/// AskUserQuestion, EnterPlanMode and ExitPlanMode.
public final class PersonTools {
    private PersonTools() {}

    public static List<Tool> all() {
        return List.of(new AskUserQuestion(), new EnterPlanMode(), new ExitPlanMode());
    }
}
