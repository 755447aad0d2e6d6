package dev.bowline.project.hook;

import dev.bowline.hook.Hook;
import dev.bowline.hook.HookEvent;
import dev.bowline.hook.HookInput;
import dev.bowline.hook.HookOutcome;
import dev.bowline.hook.HookOutcome.Ruling;
import dev.bowline.json.Json;
import dev.bowline.project.hook.HookWatch.Heard;
import dev.bowline.tool.ChildEnvironment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A handler of the settings as a hook. What goes wrong with it, taking too long included, changes
/// nothing unless the settings say that it blocks.
final class SettingsHook implements Hook {
    /// Sessions that a handler remembers for `once`.
    private static final int SESSIONS = 10_000;

    private static final int NAME = 200;
    private static final Duration SESSION_END = Duration.ofMillis(1_500);
    private static final Duration LONGEST_SESSION_END = Duration.ofSeconds(60);
    private static final Duration DISPLAY = Duration.ofSeconds(10);

    private final HookEntry entry;
    private final HookPlace place;
    private final Set<String> done = ConcurrentHashMap.newKeySet();

    SettingsHook(HookEntry entry, HookPlace place) {
        this.entry = entry;
        this.place = place;
    }

    @Override
    public String name() {
        var label = entry.handler().label();
        return label.length() > NAME ? label.substring(0, NAME) + "…" : label;
    }

    @Override
    public boolean matches(HookEvent event) {
        return event.name().equals(entry.event())
                && entry.matcher().matches(event)
                && !(entry.terms().once() && done.contains(event.sessionId()));
    }

    @Override
    public Optional<Duration> timeout() {
        return Optional.of(limit());
    }

    private Duration limit() {
        var said = Optional.ofNullable(entry.terms().timeout());
        return switch (entry.event()) {
            case "SessionEnd" ->
                    said.map(time ->
                                    time.compareTo(LONGEST_SESSION_END) > 0
                                            ? LONGEST_SESSION_END
                                            : time)
                            .orElse(SESSION_END);
            case "MessageDisplay" -> said.orElse(DISPLAY);
            case "UserPromptSubmit" -> said.orElse(PROMPT_TIMEOUT);
            default -> said.orElse(TIMEOUT);
        };
    }

    @Override
    public boolean blocksOnFailure(HookEvent event) {
        return entry.terms().blocks();
    }

    @Override
    public Optional<String> onlyFor() {
        return Optional.ofNullable(entry.terms().only());
    }

    private record Same(String event, Handler handler, Optional<String> only) {}

    @Override
    public Optional<Object> identity() {
        return Optional.of(new Same(entry.event(), entry.handler(), onlyFor()));
    }

    @Override
    public HookOutcome on(HookEvent event) throws InterruptedException {
        if (entry.terms().once() && done.size() < SESSIONS && !done.add(event.sessionId())) {
            return HookOutcome.none();
        }
        var watched = place.watch().begins(event, entry.terms().status());
        var answer = new Answer(place.output(), event, entry.handler().label());
        try {
            return switch (entry.handler()) {
                case Handler.Command command -> program(event, command, answer, watched);
                case Handler.Http http -> http(event, http, answer, watched);
                case Handler.ServerTool tool -> tool(event, tool, answer, watched);
            };
        } catch (InterruptedException e) {
            watched.ended("cancelled", Heard.NOTHING);
            throw e;
        }
    }

    private HookOutcome program(
            HookEvent event, Handler.Command command, Answer answer, HookWatch.Running watched)
            throws InterruptedException {
        try {
            var program =
                    Program.start(
                            command,
                            input(event),
                            directory(event),
                            environment(),
                            mayExport(event));
            return new ProgramWatch(program, answer, watched, limit())
                    .outcome(command.async(), this::held);
        } catch (IOException e) {
            var why = String.valueOf(e.getMessage());
            watched.ended("error", new Heard("", why, null));
            return held(answer.failed("failed: " + why));
        }
    }

    private HookOutcome http(
            HookEvent event, Handler.Http to, Answer answer, HookWatch.Running watched)
            throws InterruptedException {
        try {
            var reply = HttpCall.send(to, input(event), place.environment());
            var meaning =
                    reply.good()
                            ? answer.text(reply.body(), false)
                            : answer.failed("answered with status " + reply.status());
            ended(watched, meaning, reply.body());
            return held(meaning);
        } catch (IOException | IllegalArgumentException e) {
            return unreachable(answer, watched, e);
        }
    }

    private HookOutcome tool(
            HookEvent event, Handler.ServerTool tool, Answer answer, HookWatch.Running watched)
            throws InterruptedException {
        try {
            var input = Template.filled(tool.input(), input(event));
            var text = place.servers().call(tool.server(), tool.tool(), input);
            var meaning = answer.text(text, true);
            ended(watched, meaning, text);
            return held(meaning);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            return unreachable(answer, watched, e);
        }
    }

    private static void ended(HookWatch.Running watched, Answer.Meaning meaning, String text) {
        watched.ended(
                meaning.failure() == null ? "success" : "error",
                new Heard(text, meaning.failure() == null ? "" : meaning.failure(), null));
    }

    private HookOutcome unreachable(Answer answer, HookWatch.Running watched, Exception e) {
        var why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        watched.ended("error", new Heard("", why, null));
        return held(answer.failed("failed: " + why));
    }

    /// The outcome under the terms of the settings.
    private HookOutcome held(Answer.Meaning meaning) {
        var said = meaning.outcome();
        if (meaning.failure() != null && entry.terms().blocks()) {
            return HookOutcome.refuse(meaning.failure());
        }
        return said.ruling() == Ruling.DEFER && !place.defers()
                ? HookOutcome.ask(String.valueOf(said.reason()))
                        .withInput(said.updatedInput())
                        .withContext(said.context())
                        .withMessage(said.message())
                        .withStop(said.stop())
                : said;
    }

    private Json input(HookEvent event) {
        return HookInput.json(event, place.base().apply(event));
    }

    private Path directory(HookEvent event) {
        var directory = Path.of(place.base().apply(event).directory());
        return Files.isDirectory(directory) ? directory : place.project();
    }

    /// Whether what it exports is of use to later commands.
    private static boolean mayExport(HookEvent event) {
        return event instanceof HookEvent.SessionStart
                || event instanceof HookEvent.CwdChanged
                || event instanceof HookEvent.FileChanged
                || event instanceof HookEvent.Setup;
    }

    private Map<String, String> environment() {
        var all = new HashMap<>(ChildEnvironment.of(place.environment()));
        all.put("CLAUDECODE", "1");
        all.put("CLAUDE_PROJECT_DIR", place.project().toString());
        all.remove("CLAUDE_ENV_FILE");
        return all;
    }

    @Override
    public String toString() {
        return entry.event() + " hook [" + name() + "] of " + entry.source();
    }
}
