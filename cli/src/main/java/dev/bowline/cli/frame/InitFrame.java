package dev.bowline.cli.frame;

import dev.bowline.Bowline;
import dev.bowline.json.JsonOut;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/// The fields of the first frame of a turn: what there is in this run.
final class InitFrame {
    private InitFrame() {}

    /// @param named the messages that the turn answers, if the host has named them
    static void write(
            JsonOut frame,
            Frames.Surroundings around,
            String model,
            String mode,
            List<UUID> named) {
        frame.field("type", "system")
                .field("subtype", "init")
                .field("cwd", around.directory().toString())
                .field("original_cwd", around.directory().toString());
        Frames.strings(frame.name("tools"), around.tools().get());
        servers(frame.name("mcp_servers"), around.servers().get());
        frame.field("model", model).field("permissionMode", mode);
        Frames.strings(frame.name("slash_commands"), around.commands());
        frame.field(
                        "apiKeySource",
                        around.keySource().endsWith("_KEY") ? around.keySource() : "none")
                .field("claude_code_version", Frames.PROTOCOL_VERSION)
                .field("bowline_version", Bowline.VERSION)
                .field("output_style", "default");
        Frames.strings(frame.name("agents"), List.of());
        Frames.strings(frame.name("skills"), List.of());
        Frames.strings(frame.name("plugins"), List.of());
        Frames.strings(
                frame.name("additional_directories"),
                around.additionalDirectories().stream().map(Path::toString).toList());
        Frames.strings(frame.name("capabilities"), around.capabilities());
        if (!named.isEmpty()) {
            Frames.ids(frame.name("user_message_uuids"), named);
        }
    }

    private static void servers(JsonOut out, List<Frames.Server> servers) {
        out.beginArray();
        for (var server : servers) {
            out.beginObject()
                    .field("name", server.name())
                    .field("status", server.status())
                    .field("source", server.source())
                    .endObject();
        }
        out.endArray();
    }
}
