package dev.bowline.testkit.session;

import static dev.bowline.testkit.ScriptedModel.call;
import static dev.bowline.testkit.ScriptedModel.text;

import dev.bowline.Agent;
import dev.bowline.AgentOptions;
import dev.bowline.message.ContentBlock;
import dev.bowline.permission.Approver;
import dev.bowline.permission.Decision;
import dev.bowline.permission.PermissionRequest;
import dev.bowline.permission.PermissionUpdate;
import dev.bowline.permission.PermissionUpdate.Destination;
import dev.bowline.testkit.ScriptedModel;
import dev.bowline.tool.Describe;
import dev.bowline.tool.Effect;
import dev.bowline.tool.Tool;
import dev.bowline.tool.ToolInput;
import dev.bowline.tool.ToolResult;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/// An agent with one tool that needs permission, and somebody who is asked for it.
abstract class AskedAgent {
    @ToolInput(name = "change", description = "Changes.", effect = Effect.WRITE)
    record Change(@Describe("what") String what) {}

    final ConcurrentLinkedQueue<String> ran = new ConcurrentLinkedQueue<>();
    final ConcurrentLinkedQueue<PermissionRequest> asked = new ConcurrentLinkedQueue<>();

    final Tool change =
            Tool.of(
                    Change.class,
                    (input, context) -> {
                        ran.add(input.what());
                        return ToolResult.text("changed " + input.what());
                    });

    Approver answering(Decision decision) {
        return request -> {
            asked.add(request);
            return decision;
        };
    }

    static PermissionUpdate allowChange(Destination to) {
        return PermissionUpdate.allow(to, "change");
    }

    Agent agent(ScriptedModel model, Consumer<AgentOptions> options) {
        return Agent.of(model, ((Consumer<AgentOptions>) a -> a.tools(change)).andThen(options));
    }

    static String lastResult(ScriptedModel model) {
        return model.requests().getLast().messages().getLast().content().stream()
                .filter(ContentBlock.ToolResult.class::isInstance)
                .map(block -> ContentBlock.text(((ContentBlock.ToolResult) block).content()))
                .findFirst()
                .orElseThrow();
    }

    static ScriptedModel oneCall() {
        return ScriptedModel.saying(call("change", "{\"what\":\"a\"}"), text("done"));
    }
}
