package dev.bowline.cli.headless;

import dev.bowline.cli.headless.host.Host;
import dev.bowline.cli.headless.host.HostClosedException;
import dev.bowline.cli.headless.host.HostErrorException;
import dev.bowline.cli.wiring.HostUpdates;
import dev.bowline.hook.Hook;
import dev.bowline.hook.HookEvent;
import dev.bowline.hook.HookInput;
import dev.bowline.hook.HookMatcher;
import dev.bowline.hook.HookOutcome;
import dev.bowline.hook.HookOutput;
import dev.bowline.json.Json;
import dev.bowline.project.hook.HookWatch.Heard;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/// A callback of the host's, registered for one event. An error that the host reports counts as no
/// answer, with a word to the user, unless the callback was registered to block then; a host that
/// doesn't answer in time has failed.
///
/// @param event the event's name
/// @param callback the id that the host knows it by
/// @param atMost how long it may take, empty for the usual time
/// @param base what every input holds
record HostHook(
        Host host,
        String event,
        HookMatcher matcher,
        String callback,
        Optional<Duration> atMost,
        boolean blocks,
        HostUpdates updates,
        HookFrames frames,
        Function<HookEvent, HookInput.Base> base)
        implements Hook {

    @Override
    public String name() {
        return event + " of the host (" + callback + ")";
    }

    @Override
    public boolean matches(HookEvent told) {
        return told.name().equals(event) && matcher.matches(told) && !begins(told);
    }

    /// The process of a session begins or ends, which hosts know: they do both themselves.
    private static boolean begins(HookEvent told) {
        return told instanceof HookEvent.SessionStart start
                        && !start.source().equals("clear")
                        && !start.source().equals("compact")
                || told instanceof HookEvent.SessionEnd end && !end.reason().equals("clear");
    }

    @Override
    public Optional<Duration> timeout() {
        return atMost;
    }

    @Override
    public boolean blocksOnFailure(HookEvent told) {
        return blocks || Hook.super.blocksOnFailure(told);
    }

    @Override
    public HookOutcome on(HookEvent told)
            throws HostErrorException, HostClosedException, InterruptedException {
        var running = frames.begins(told);
        try {
            var answer = ask(told);
            running.ended("success", new Heard(answer.text(), "", null));
            return new HookOutput(updates::read).read(told, answer);
        } catch (HostErrorException e) {
            running.ended("error", new Heard(String.valueOf(e.getMessage()), "", null));
            if (blocks) {
                throw e;
            }
            return HookOutcome.message(
                    "Hook callback "
                            + callback
                            + " failed ("
                            + e.getMessage()
                            + "); its answer counts as empty.");
        } catch (HostClosedException e) {
            running.ended("error", new Heard("the host has gone", "", null));
            throw e;
        } catch (InterruptedException e) {
            running.ended("cancelled", Heard.NOTHING);
            throw e;
        }
    }

    private Json ask(HookEvent told)
            throws HostErrorException, HostClosedException, InterruptedException {
        return host.ask(
                frame -> {
                    frame.field("subtype", "hook_callback")
                            .field("callback_id", callback)
                            .name("input")
                            .beginObject();
                    HookInput.write(frame, told, base.apply(told));
                    frame.endObject();
                    frame.field(
                            "tool_use_id",
                            told.call()
                                    .filter(call ->
                                            !(told instanceof HookEvent.PermissionRequested))
                                    .map(HookEvent.Call::toolUseId)
                                    .orElseGet(() -> UUID.randomUUID().toString()));
                },
                Host.FOREVER);
    }
}
