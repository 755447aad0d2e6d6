package dev.bowline.transcript;

import dev.bowline.json.Json;
import dev.bowline.message.ContentBlock;
import dev.bowline.message.StopReason;
import dev.bowline.message.Usage;
import dev.bowline.permission.Decision;
import dev.bowline.permission.PermissionUpdate;
import dev.bowline.tool.Effect;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What can happen in a session. Closed: adding a kind makes every reader of transcripts fail to
/// compile until it deals with it.
public sealed interface Event {
    /// The first entry. `directory` is absolute, `version` is Bowline's own; `origin` names the
    /// session and entry that this one was forked from, or is null.
    record Opened(
            String directory, String model, String mode, String version, @Nullable Origin origin)
            implements Event {}

    /// The parent of a fork: everything up to and including its entry `number`.
    record Origin(SessionId session, long number) {}

    /// A prompt waits for its turn; acknowledged once this is durable.
    record Queued(UUID promptId, List<ContentBlock> content, String priority) implements Event {}

    /// A waiting prompt was withdrawn.
    record Unqueued(UUID promptId) implements Event {}

    /// A prompt begins turn `turn`, or joins it while it runs. `source`: `user`, `sdk`, `hook` …
    record Prompted(UUID promptId, int turn, List<ContentBlock> content, String source)
            implements Event {}

    /// The engine adds a message of the user's side: why is `kind`.
    record Noted(NoteKind kind, List<ContentBlock> content) implements Event {}

    /// Why the engine says something.
    enum NoteKind {
        /// Context from a hook.
        HOOK,
        /// A stop hook wants more work.
        STOP_HOOK,
        /// The answer was cut by its output limit; the model is asked to go on.
        CONTINUE,
        /// The user interrupted.
        INTERRUPTED,
        /// A fact about the surroundings.
        REMINDER,
        /// The user said something and wants no answer to it.
        USER,
        /// The model ended without the structured output that was asked for.
        OUTPUT_MISSING,
        /// A task in the background is over.
        TASK
    }

    /// The model answered. `cost` is in nano-dollars, or -1 if the model has no price.
    record Replied(
            String messageId,
            String model,
            List<ContentBlock> content,
            StopReason stopReason,
            @Nullable Json stopDetails,
            Usage usage,
            long cost,
            @Nullable String requestId,
            Duration took)
            implements Event {}

    /// An API call outside the conversation, or one that was paid for and lost; `purpose` says why.
    record Spent(String model, Usage usage, long cost, String purpose) implements Event {}

    /// Somebody is asked about a call; `input` is what will run, and what they are shown. It stays
    /// open until a [PermissionDecided] or the call's end follows, also across processes.
    record PermissionAsked(
            String toolUseId,
            String tool,
            Json input,
            String reason,
            List<PermissionUpdate> suggestions)
            implements Event {
        public PermissionAsked {
            suggestions = List.copyOf(suggestions);
        }

        public PermissionAsked(String toolUseId, String tool, Json input, String reason) {
            this(toolUseId, tool, input, reason, List.of());
        }
    }

    /// `by`: who answered, for example `policy`, `user`, `hook`, `timeout`, or a name.
    record PermissionDecided(String toolUseId, Decision decision, String by) implements Event {}

    /// The call is about to run with this input. From here on its outcome is unknown until
    /// [ToolFinished].
    record ToolStarted(String toolUseId, String tool, Effect effect, Json input) implements Event {}

    /// The one result of a call. `code` is the stable code of a failure, or null; `structured` is
    /// the result for programs, or null.
    record ToolFinished(
            String toolUseId,
            String tool,
            List<ContentBlock> content,
            @Nullable String code,
            @Nullable Json structured,
            Duration took)
            implements Event {
        public boolean isError() {
            return code != null;
        }
    }

    /// A hook had something to say.
    ///
    /// - `about`: what the event is about, for example a tool, or null
    /// - `message`: for the user, or null
    /// - `stop`: why it ended the turn, or null
    /// - `failed`: it threw or took too long; `reason` says which
    record HookRan(
            String event,
            String hook,
            String ruling,
            @Nullable String reason,
            Duration took,
            @Nullable String about,
            @Nullable String message,
            @Nullable String stop,
            boolean failed)
            implements Event {
        public HookRan(
                String event, String hook, String ruling, @Nullable String reason, Duration took) {
            this(event, hook, ruling, reason, took, null, null, null, false);
        }
    }

    /// What may run was changed; `update` has the protocol's form of permission updates. Holds for
    /// as long as the session stays open.
    record PermissionsChanged(Json update) implements Event {}

    record ModelChanged(String model) implements Event {}

    record ModeChanged(String mode) implements Event {}

    record DirectoryChanged(String directory) implements Event {}

    record Renamed(String title) implements Event {}

    record Tagged(String tag) implements Event {}

    /// Entries after `to` no longer count for the conversation. They stay in the transcript. With
    /// `blocks` not 0, entry `to` is a reply of which only so many blocks count.
    record Rewound(long to, int blocks) implements Event {
        public Rewound(long to) {
            this(to, 0);
        }
    }

    /// From here on files are kept before they are changed, so that they can be brought back to
    /// what they were when prompt `promptId` was said.
    record FilesTracked(UUID promptId) implements Event {}

    /// The session is about to read content that nobody answers for: a page, another program's
    /// answer. Once for each origin, for example `https://example.org` or `mcp:tickets`.
    record Exposed(String origin) implements Event {}

    /// The first change of a file since prompt `promptId` is about to happen; what was there is
    /// kept.
    record FileSaved(UUID promptId, SavedFile file) implements Event {}

    /// What was said up to and including entry `to` is told to the model as `summary` from here on.
    /// Nothing is deleted. `trigger` is `manual` or `auto`; tokens are what the conversation took
    /// before and what it takes now, as far as can be told.
    record Compacted(
            String summary, String trigger, long to, long preTokens, long postTokens, Duration took)
            implements Event {}

    record TurnEnded(int turn, Outcome outcome, Figures figures) implements Event {}

    /// Where a turn's time went, and how much it did. Times are wall-clock times; `overhead` is the
    /// rest of `total`.
    record Figures(
            Duration total,
            Duration validation,
            Duration api,
            Duration tools,
            Duration overhead,
            int apiCalls,
            int toolCalls) {}

    /// A task in the background is over, and the model needs to hear of it; it has heard once a
    /// [NoteKind#TASK] note or a prompt from [#TASK_SOURCE] follows, oldest first. `status` is
    /// `completed`, `failed` or `stopped`, `output` the file that holds what it wrote, or "".
    record TaskEnded(
            String taskId,
            String toolUseId,
            String taskKind,
            String description,
            String status,
            String output,
            String summary)
            implements Event {}

    /// Where a prompt comes from that tells of a task.
    String TASK_SOURCE = "task-notification";

    /// Where a prompt comes from that says nothing and only goes on with a call that was put off.
    String APPROVAL_SOURCE = "approval";

    /// Something that this version does not know; kept as it came.
    record Unknown(Json raw) implements Event {}
}
