package dev.bowline.cli.headless;

import dev.bowline.Bowline;
import dev.bowline.cli.frame.CommandFrames;
import dev.bowline.cli.frame.Frames;
import dev.bowline.cli.frame.NoticeFrames;
import dev.bowline.cli.headless.host.Host;
import dev.bowline.cli.headless.wire.HostLine;
import dev.bowline.error.BowlineException;
import dev.bowline.json.Json;
import dev.bowline.permission.PermissionMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a host may ask for and who answers: the whole list. Requests are answered in the order in
/// which they come; one that has to ask the host in turn is answered on a thread of its own.
final class Requests {
    /// Answers one request; null when there is nothing to say.
    @FunctionalInterface
    private interface Answer {
        @Nullable Json to(Map<String, @Nullable Object> request)
                throws RequestException, InterruptedException;
    }

    /// One entry of the list; `apart` when it may have to wait.
    private record Entry(boolean apart, Answer answer) {}

    /// Characters of a title that is made from a text.
    private static final int TITLE = 60;

    private final Host host;
    private final Chat chat;
    private final Prompts prompts;
    private final Introduction introduction;
    private final ServerRequests servers;
    private final FileRequests files;
    private final Listings listings;
    private final Map<String, Entry> all;

    Requests(
            Host host,
            Chat chat,
            Prompts prompts,
            Introduction introduction,
            ServerRequests servers,
            Listings listings) {
        this.host = host;
        this.chat = chat;
        this.prompts = prompts;
        this.introduction = introduction;
        this.servers = servers;
        this.files = new FileRequests(chat);
        this.listings = listings;
        this.all = list();
    }

    private Map<String, Entry> list() {
        var list = new LinkedHashMap<String, Entry>();
        list.put("set_model", at(this::setModel));
        var answers = new AnswerRequests(chat);
        list.put("set_max_thinking_tokens", at(answers::thinking));
        list.put("get_context_usage", at(answers::contextUsage));
        list.put("apply_flag_settings", at(answers::settings));
        list.put("set_permission_mode", at(this::setMode));
        list.put("cancel_async_message", at(this::cancelMessage));
        list.put("rename_session", at(this::rename));
        list.put("generate_session_title", at(this::title));
        list.put("rewind_files", apart(files::rewind));
        list.put("read_file", at(files::read));
        list.put("seed_read_state", at(files::seed));
        list.put("get_binary_version", at(any -> version()));
        list.put("list_models", at(any -> Json.of(Map.of("models", introduction.models()))));
        var tasks = new TaskRequests(chat);
        list.put("stop_task", apart(tasks::stop));
        list.put("get_task_output", at(tasks::output));
        list.put("background_tasks", at(tasks::toBackground));
        list.put("mcp_status", at(any -> servers.status()));
        list.put("mcp_message", at(any -> null));
        list.put("mcp_set_servers", apart(servers::set));
        list.put("mcp_reconnect", apart(servers::reconnect));
        list.put("mcp_toggle", at(servers::toggle));
        list.put("mcp_read_resource", apart(listings::resource));
        list.put("reload_plugins", at(any -> listings.plugins()));
        list.put("reload_skills", at(any -> listings.skills()));
        list.put("reload_output_styles", at(any -> listings.outputStyles()));
        list.put("get_settings", at(any -> listings.settings()));
        list.put("get_session_cost", at(any -> listings.cost()));
        list.put("get_usage", at(any -> listings.usage()));
        list.put("set_has_subscribers", at(any -> null));
        return list;
    }

    /// The version that hosts compare with, and our own.
    private static Json version() {
        return Json.of(
                Map.of("version", Frames.PROTOCOL_VERSION, "bowline_version", Bowline.VERSION));
    }

    private static Entry at(Answer answer) {
        return new Entry(false, answer);
    }

    private static Entry apart(Answer answer) {
        return new Entry(true, answer);
    }

    /// Carries a request out and answers it.
    void take(HostLine.Request request) {
        try {
            distribute(request);
        } catch (BowlineException e) {
            host.fail(request.id(), String.valueOf(e.getMessage()));
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            defect(request, e);
        }
    }

    private void distribute(HostLine.Request request) {
        switch (request.subtype()) {
            case "initialize" -> {
                introduction.take(request);
                chat.opened().ifPresent(open -> open.tasks().list());
            }
            case "interrupt" -> interrupt(request);
            case String known when all.containsKey(known) -> run(request, all.get(known));
            case "" ->
                    host.fail(
                            request.id(),
                            "the control request has no subtype, so it was not carried out");
            case String other ->
                    host.fail(
                            request.id(),
                            "Unsupported control request subtype: " + other,
                            "unsupported_request");
        }
    }

    private void run(HostLine.Request request, Entry entry) {
        if (entry.apart()) {
            Thread.ofVirtual()
                    .name("request-" + request.subtype())
                    .start(() -> answer(request, entry.answer()));
        } else {
            answer(request, entry.answer());
        }
    }

    private void answer(HostLine.Request request, Answer answer) {
        try {
            host.reply(request.id(), answer.to(request.body().asMap()));
        } catch (RequestException e) {
            host.fail(request.id(), String.valueOf(e.getMessage()), e.code());
        } catch (BowlineException | IllegalArgumentException e) {
            host.fail(request.id(), String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            host.fail(request.id(), request.subtype() + " was interrupted");
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            defect(request, e);
        }
    }

    private void defect(HostLine.Request request, Throwable failure) {
        host.fail(
                request.id(),
                request.subtype()
                        + " failed with "
                        + failure
                        + "; this is a defect, please report it");
    }

    /// The receipt comes first, then what ends because of it.
    private void interrupt(HostLine.Request request) {
        var receipt = new LinkedHashMap<String, @Nullable Object>();
        prompts.handover().await();
        var queued = prompts.queued();
        if (Boolean.TRUE.equals(request.body().asMap().get("cancel_queued"))) {
            var cancelled = queued.stream().filter(prompts::withdraw).toList();
            receipt.put("cancelled", texts(cancelled));
            queued = new ArrayList<>(queued);
            queued.removeAll(cancelled);
        }
        receipt.put("still_queued", texts(queued));
        host.reply(request.id(), Json.of(receipt));
        prompts.handover().interrupt();
    }

    private static java.util.List<String> texts(java.util.List<UUID> ids) {
        return ids.stream().map(UUID::toString).toList();
    }

    private @Nullable Json setModel(Map<String, @Nullable Object> request) {
        var name = request.get("model") instanceof String text && !text.isBlank() ? text : null;
        var before = chat.model();
        chat.model(name);
        var now = chat.model();
        chat.opened()
                .filter(open -> !now.equals(before))
                .ifPresent(open -> CommandFrames.modelSet(open.frames(), now));
        return Json.of(Map.of("model", now));
    }

    private static PermissionMode mode(String word) throws RequestException {
        try {
            return PermissionMode.of(word);
        } catch (IllegalArgumentException e) {
            throw new RequestException(
                    "Cannot set permission mode: must be one of "
                            + Arrays.stream(PermissionMode.values())
                                    .map(PermissionMode::wire)
                                    .sorted()
                                    .collect(Collectors.joining(", ")),
                    "invalid_mode");
        }
    }

    private @Nullable Json setMode(Map<String, @Nullable Object> request) throws RequestException {
        var mode = mode(String.valueOf(request.get("mode")));
        if (mode == PermissionMode.BYPASS && !introduction.mayBypass()) {
            throw new RequestException(
                    "Cannot set permission mode to bypassPermissions because the session was not launched with --dangerously-skip-permissions",
                    "bypass_not_launched");
        }
        chat.mode(mode);
        chat.opened().ifPresent(open -> open.frames().mode(mode.wire()));
        return Json.of(Map.of("mode", mode.wire()));
    }

    private Json cancelMessage(Map<String, @Nullable Object> request) throws RequestException {
        try {
            var id = UUID.fromString(String.valueOf(request.get("message_uuid")));
            return Json.of(Map.of("cancelled", prompts.withdraw(id)));
        } catch (IllegalArgumentException e) {
            throw new RequestException("cancel_async_message needs a message_uuid that is a UUID");
        }
    }

    private static String shortened(String line) {
        if (line.length() <= TITLE) {
            return line;
        }
        int blank = line.lastIndexOf(' ', TITLE);
        return line.substring(0, blank > 0 ? blank : TITLE) + "…";
    }

    /// The first words of what the session is about. `persist` makes them its title, unless it has
    /// one.
    private Json title(Map<String, @Nullable Object> request) {
        var about = request.get("description") instanceof String text ? text : "";
        var title = new LinkedHashMap<String, @Nullable Object>();
        var cut = shortened(about.strip().replaceAll("\\s+", " "));
        title.put("title", cut.isEmpty() ? null : cut);
        var session = chat.open().session();
        if (Boolean.TRUE.equals(request.get("persist"))
                && !cut.isEmpty()
                && session.state().title().isEmpty()) {
            session.rename(cut);
        }
        return Json.of(title);
    }

    private @Nullable Json rename(Map<String, @Nullable Object> request) throws RequestException {
        if (!(request.get("title") instanceof String title) || title.isBlank()) {
            throw new RequestException("title must be non-empty");
        }
        if (request.get("session_id") instanceof String id
                && !id.equals(chat.open().session().id().value())) {
            throw new RequestException("session_id is not the current session");
        }
        var open = chat.open();
        open.session().rename(title.strip());
        NoticeFrames.title(open.frames(), title.strip());
        return null;
    }
}
