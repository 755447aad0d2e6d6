package dev.bowline.cli.headless;

import dev.bowline.json.Json;
import dev.bowline.tools.BuiltinTools;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Requests about files: bringing them back, showing one, and noting that one was read.
final class FileRequests {
    private static final int MOST = 1 << 20;
    private static final int LARGEST = 64 << 20;

    private final Chat chat;

    FileRequests(Chat chat) {
        this.chat = chat;
    }

    /// A dry run answers with what would change, a real one with how many files were left alone;
    /// only the former may say no in its answer.
    Json rewind(Map<String, @Nullable Object> request) throws RequestException {
        boolean dryRun = Boolean.TRUE.equals(request.get("dry_run"));
        var done = chat.open().session().rewindFiles(uuid(request.get("user_message_id")), dryRun);
        var error = done.error();
        if (error != null && !dryRun) {
            throw new RequestException(error);
        }
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put("canRewind", done.canRewind());
        if (error != null) {
            answer.put("error", error);
        } else if (dryRun) {
            answer.put("filesChanged", done.filesChanged());
            answer.put("insertions", done.insertions());
            answer.put("deletions", done.deletions());
        } else {
            answer.put("skippedLinks", done.skippedLinks());
        }
        return Json.of(answer);
    }

    /// What is no UUID names no message.
    private static UUID uuid(@Nullable Object text) {
        try {
            return UUID.fromString(String.valueOf(text));
        } catch (IllegalArgumentException e) {
            return new UUID(0, 0);
        }
    }

    /// The content of a file that the session may read without asking; at most 1 MiB unless
    /// `max_bytes` says otherwise.
    Json read(Map<String, @Nullable Object> request) throws RequestException {
        var name = request.get("path") instanceof String text ? text : "";
        int most =
                request.get("max_bytes") instanceof Number bytes
                        ? Math.clamp(bytes.longValue(), 0, LARGEST)
                        : MOST;
        boolean raw = "base64".equals(request.get("encoding"));
        try {
            var path = path(name).toRealPath();
            if (name.isEmpty()
                    || !Files.isRegularFile(path)
                    || !chat.open().session().mayRead(path)) {
                throw new RequestException("read denied: " + name);
            }
            byte[] content;
            try (var in = Files.newInputStream(path)) {
                content = in.readNBytes(most);
            }
            return answer(name, path, content, Files.size(path) > content.length, raw);
        } catch (IOException | InvalidPathException e) {
            throw new RequestException("read denied: " + name);
        }
    }

    private static Json answer(
            String name, Path path, byte[] content, boolean truncated, boolean raw) {
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put(
                "contents",
                raw
                        ? Base64.getEncoder().encodeToString(content)
                        : new String(content, StandardCharsets.UTF_8));
        answer.put("absPath", path.toString());
        answer.put("requested_path", name);
        if (truncated) {
            answer.put("truncated", true);
        }
        if (raw) {
            answer.put("encoding", "base64");
        } else {
            answer.put("lossy", !isText(content));
        }
        return Json.of(answer);
    }

    private static boolean isText(byte[] content) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private Path path(String name) {
        return chat.directory().resolve(name);
    }

    /// The host has seen a file as it was at `mtime` (milliseconds): that counts as read. One that
    /// has changed since, or is not there, is passed over.
    @Nullable Json seed(Map<String, @Nullable Object> request) {
        if (request.get("path") instanceof String name
                && request.get("mtime") instanceof Number mtime) {
            try {
                var path = path(name).toRealPath();
                BuiltinTools.countAsRead(chat.open().session(), path, mtime.longValue());
            } catch (IOException | InvalidPathException e) {
                return null;
            }
        }
        return null;
    }
}
