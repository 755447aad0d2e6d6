package dev.bowline.message;

/// Work that runs beside a conversation, or long within it. `id` is unique in the session,
/// `toolUseId` names the call that began it; `kind` is a word of the protocol such as `local_bash`;
/// `background` is false while the call waits for it.
public record Task(
        String id, String toolUseId, String kind, String description, boolean background) {

    /// How a task ended.
    public enum Ending {
        /// By itself, well.
        COMPLETED,
        /// By itself, badly.
        FAILED,
        /// Somebody stopped it.
        STOPPED
    }

    /// What has happened to a task.
    public sealed interface News {
        Task about();
    }

    public record Started(Task about) implements News {}

    /// The call no longer waits for it.
    public record Moved(Task about) implements News {}

    /// It is over. `output` names the file that holds what it wrote, or is "". `summary` is one
    /// sentence. `known` tells that the model needs no word of it, since a result says so.
    public record Ended(Task about, Ending how, String output, String summary, boolean known)
            implements News {}
}
