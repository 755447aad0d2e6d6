package dev.bowline.cli.headless;

import dev.bowline.cli.console.Console;
import dev.bowline.cli.frame.Frames;
import dev.bowline.cli.headless.host.Host;
import dev.bowline.cli.headless.mcp.HostServers;
import dev.bowline.cli.wiring.SettingsHooks;
import dev.bowline.hook.Hook;
import dev.bowline.hook.HookEvent;
import dev.bowline.hook.HookInput;
import dev.bowline.json.Json;
import dev.bowline.project.Settings;
import dev.bowline.transcript.SessionStore;
import java.util.ArrayList;
import java.util.List;

/// The hooks of a run: those of the settings and those of the host. Safe for any thread.
final class ChatHooks {
    private final Chat chat;
    private final Console console;
    private final SessionStore store;
    private final Host host;
    private final HostServers servers;
    private final HookFrames frames;
    private volatile List<Hook> ofHost = List.of();
    private volatile List<Hook> ofSettings = List.of();

    ChatHooks(Chat chat, Console console, SessionStore store, Host host, HostServers servers) {
        this.chat = chat;
        this.console = console;
        this.store = store;
        this.host = host;
        this.servers = servers;
        this.frames =
                new HookFrames(
                        chat.args().has("--include-hook-events"),
                        () -> chat.opened().map(Chat.Open::frames));
    }

    /// Those of the settings, then those of the host.
    List<Hook> all() {
        var all = new ArrayList<>(ofSettings);
        all.addAll(ofHost);
        return all;
    }

    /// The host's hooks replace those that it had.
    void greeted(Greeting said) {
        ofHost = new HostHooks(host, chat.updates(), frames, this::base).of(said);
    }

    /// The hooks of these settings replace those of the settings before.
    void read(Settings settings) {
        ofSettings =
                new SettingsHooks(console, this::base, chat.updates(), this::callTool, frames, true)
                        .of(settings, problem -> console.err().line("bowline: hooks: " + problem));
    }

    /// What hooks did before the session was there is told now.
    void begun(Frames to) {
        frames.begun(to);
    }

    private String callTool(String server, String tool, Json input) throws Exception {
        var known =
                servers.find(server)
                        .orElseThrow(() ->
                                new IllegalStateException("no server " + server + " is connected"));
        return known.textOf(tool, input);
    }

    /// What every hook's input holds.
    private HookInput.Base base(HookEvent event) {
        return new HookInput.Base(
                SettingsHooks.transcript(store, event.sessionId(), console.directory()),
                chat.directory().toString(),
                chat.mode().wire());
    }
}
