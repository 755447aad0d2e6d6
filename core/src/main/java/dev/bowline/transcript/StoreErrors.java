package dev.bowline.transcript;

import dev.bowline.error.BowlineException;
import dev.bowline.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;

/// What goes wrong with files, in the words of the store.
final class StoreErrors {
    private StoreErrors() {}

    static BowlineException unwritable(Path path, IOException cause) {
        var reason = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        boolean full =
                reason.contains("no space left")
                        || reason.contains("quota exceeded")
                        || reason.contains("file too large");
        return full
                ? new BowlineException(
                        ErrorCode.STORE_FULL,
                        "the disk is full: cannot write " + path + "; free some space and go on",
                        cause)
                : new BowlineException(
                        ErrorCode.STORE_UNWRITABLE,
                        "cannot write "
                                + path
                                + " ("
                                + cause.getMessage()
                                + "); make it writable or choose another config directory",
                        cause);
    }

    static BowlineException unreadable(Path path, Exception cause) {
        return new BowlineException(
                ErrorCode.STORE_UNREADABLE,
                "cannot read " + path + " (" + cause.getMessage() + "); check its permissions",
                cause);
    }

    static BowlineException notFound(SessionId id) {
        return new BowlineException(
                ErrorCode.SESSION_NOT_FOUND,
                "no session with the id " + id + "; list the sessions to see which there are");
    }

    static BowlineException exists(SessionId id) {
        return new BowlineException(
                ErrorCode.SESSION_EXISTS,
                "there is already a session " + id + "; choose another id or resume it");
    }

    static BowlineException inUse(SessionId id, OptionalLong holder) {
        long pid = holder.orElse(0);
        return new BowlineException(
                ErrorCode.STORE_IN_USE,
                "session "
                        + id
                        + " is already open in "
                        + (pid == ProcessHandle.current().pid()
                                ? "this process"
                                : pid == 0 ? "another process" : "process " + pid)
                        + "; close it there first, or fork it");
    }

    static BowlineException conflict(SessionId id, long number, long last) {
        return new BowlineException(
                ErrorCode.STORE_CONFLICT,
                "entry "
                        + number
                        + " does not follow entry "
                        + last
                        + " of session "
                        + id
                        + "; open the session again");
    }
}
