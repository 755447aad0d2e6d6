package dev.bowline.testkit.replay;

import dev.bowline.testkit.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Exchanges as files, one each, version 1: JSON lines, so that they can be read and edited by
/// hand.
///
/// ```text
/// {"format":"bowline-exchange","version":1,"recorded":"2026-11-01T10:00:00Z","hash":"..."}
/// {"request":{"method":"POST","target":"/v1/messages","headers":{...},"body":{...}}}
/// {"response":{"status":200,"headers":{...}},"micros":1200}
/// {"text":"event: message_start\ndata: {...}\n\n","micros":1250}
/// {"end":"complete","micros":9000}
/// ```
///
/// `micros` counts from the sending of the request. A request body that is no JSON is a string. The
/// hash is for people; readers compute it again.
public final class ExchangeFile {
    /// The version that is written, and the newest that is read.
    public static final int VERSION = 1;

    /// The ending of the files' names.
    public static final String SUFFIX = ".exchange.jsonl";

    private static final String FORMAT = "bowline-exchange";

    private ExchangeFile() {}

    /// Writes one exchange; the file appears complete or not at all.
    ///
    /// @throws UncheckedIOException when it cannot be written
    public static void write(Path file, Exchange exchange) {
        var lines = new ArrayList<String>();
        lines.add(
                line(
                        "format",
                        FORMAT,
                        "version",
                        VERSION,
                        "recorded",
                        exchange.recorded(),
                        "hash",
                        exchange.hash()));
        lines.add(line("request", request(exchange)));
        var response = ordered("status", exchange.status(), "headers", exchange.responseHeaders());
        lines.add(line("response", response, "micros", micros(exchange.headAfter())));
        exchange.parts()
                .forEach(part ->
                        lines.add(line("text", part.text(), "micros", micros(part.after()))));
        var last =
                exchange.parts().isEmpty()
                        ? exchange.headAfter()
                        : exchange.parts().getLast().after();
        lines.add(line("end", exchange.complete() ? "complete" : "broken", "micros", micros(last)));
        try {
            var folder = file.toAbsolutePath().getParent();
            var temporary = Files.createTempFile(folder, "exchange", ".tmp");
            Files.write(temporary, lines);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("the exchange could not be written to " + file, e);
        }
    }

    private static Map<String, Object> request(Exchange exchange) {
        Object body = exchange.requestBody();
        try {
            if (Json.parse(exchange.requestBody()) instanceof Map<?, ?> json) {
                body = json;
            }
        } catch (IllegalArgumentException e) {
            body = exchange.requestBody();
        }
        return ordered(
                "method",
                exchange.method(),
                "target",
                exchange.target(),
                "headers",
                exchange.requestHeaders(),
                "body",
                body);
    }

    /// Reads one exchange.
    ///
    /// @throws UncheckedIOException when the file cannot be read
    /// @throws IllegalArgumentException when it is not an exchange of a known version; the message
    ///   names file and line
    public static Exchange read(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the exchange " + file + " could not be read", e);
        }
        var objects = new ArrayList<Map<String, Object>>();
        for (var i = 0; i < lines.size(); i++) {
            objects.add(parse(file, i + 1, lines.get(i)));
        }
        if (objects.size() < 4 || !FORMAT.equals(objects.getFirst().get("format"))) {
            throw new IllegalArgumentException(file + " is not a recorded exchange or is cut off");
        }
        if (!(objects.getFirst().get("version") instanceof Integer version) || version != VERSION) {
            throw new IllegalArgumentException(
                    file
                            + " has version "
                            + objects.getFirst().get("version")
                            + "; this test kit reads version "
                            + VERSION);
        }
        return exchange(objects);
    }

    private static Map<String, Object> parse(Path file, int number, String line) {
        try {
            return Json.object(Json.parse(line));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    file + " line " + number + " is " + e.getMessage(), e);
        }
    }

    private static Exchange exchange(List<Map<String, Object>> lines) {
        var request = Json.object(lines.get(1).get("request"));
        var response = Json.object(lines.get(2).get("response"));
        var parts = new ArrayList<Exchange.Part>();
        for (var line : lines.subList(3, lines.size() - 1)) {
            parts.add(new Exchange.Part(duration(line), text(line, "text")));
        }
        var body = request.get("body");
        return new Exchange(
                text(lines.getFirst(), "recorded"),
                text(request, "method"),
                text(request, "target"),
                strings(request.get("headers")),
                body instanceof String text ? text : Json.write(body),
                response.get("status") instanceof Integer status ? status : 0,
                strings(response.get("headers")),
                duration(lines.get(2)),
                parts,
                "complete".equals(lines.getLast().get("end")));
    }

    /// All exchanges of a directory in the order of their names.
    ///
    /// @throws UncheckedIOException when the directory cannot be read
    public static List<Exchange> readAll(Path directory) {
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                    .sorted()
                    .map(ExchangeFile::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the recordings in " + directory + " could not be read", e);
        }
    }

    private static String line(Object... pairs) {
        return Json.write(ordered(pairs));
    }

    private static Map<String, Object> ordered(Object... pairs) {
        var map = new LinkedHashMap<String, Object>();
        for (var i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }

    private static long micros(Duration time) {
        return time.toNanos() / 1000;
    }

    private static Duration duration(Map<String, Object> line) {
        return Duration.ofNanos(
                line.get("micros") instanceof Number number ? number.longValue() * 1000 : 0);
    }

    private static String text(Map<String, Object> map, String name) {
        return map.get(name) instanceof String text ? text : "";
    }

    private static Map<String, String> strings(@org.jspecify.annotations.Nullable Object value) {
        var map = new LinkedHashMap<String, String>();
        Json.object(value).forEach((name, item) -> map.put(name, String.valueOf(item)));
        return map;
    }
}
