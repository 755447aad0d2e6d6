package dev.bowline.testkit.api;

import dev.bowline.testkit.http.HttpAnswer;
import dev.bowline.testkit.wire.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/// Turns a scripted reply into bytes on a connection.
final class ReplyWriter {
    private static final int BODY_PARTS = 8;

    private final Ids ids;
    private final Issued issued;

    ReplyWriter(Ids ids, Issued issued) {
        this.ids = ids;
        this.issued = issued;
    }

    void write(FakeReply reply, FakeRequest request, HttpAnswer answer)
            throws IOException, InterruptedException {
        switch (reply) {
            case MessageReply message -> message(message, request, answer);
            case ErrorReply error -> error(error, request, answer);
            case NoAnswer(var gate) -> {
                if (answer.hold(gate == null ? new CountDownLatch(1) : gate.arrive())) {
                    answer.close();
                }
            }
            case RawReply raw -> raw(raw, request, answer);
            case Unscripted(var why) ->
                    error(ErrorReply.of(500).message(why).shouldRetry(false), request, answer);
        }
    }

    void error(ErrorReply error, FakeRequest request, HttpAnswer answer)
            throws IOException, InterruptedException {
        if (error.gate() != null && !answer.hold(error.gate().arrive())) {
            return;
        }
        var headers = headers(error.contentType(), request);
        headers.putAll(error.headers());
        answer.send(error.status(), headers, MessageReply.utf8(error.bodyFor(request.id())));
    }

    private static Map<String, String> headers(String contentType, FakeRequest request) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("content-type", contentType);
        headers.put("request-id", request.id());
        return headers;
    }

    private static void raw(RawReply raw, FakeRequest request, HttpAnswer answer)
            throws IOException, InterruptedException {
        var headers = new LinkedHashMap<>(raw.headers());
        headers.putIfAbsent("request-id", request.id());
        answer.chunkedHead(raw.status(), headers);
        for (var part : raw.parts()) {
            if (!part.pause().isZero()) {
                answer.pause(part.pause());
            }
            var bytes = MessageReply.utf8(part.text());
            answer.chunk(bytes, 0, bytes.length);
        }
        if (raw.broken()) {
            answer.close();
        } else {
            answer.lastChunk();
        }
    }

    private void message(MessageReply reply, FakeRequest request, HttpAnswer answer)
            throws IOException, InterruptedException {
        var stencil = reply.stencil();
        var newIds = stencil.newIds(ids);
        issued.remember(reply, stencil.toolIds(newIds));
        var usage = reply.usageFor(request.bodyBytes());
        if (request.streaming()) {
            stream(reply, stencil, newIds, usage, request, answer);
        } else {
            whole(reply, stencil, newIds, usage, request, answer);
        }
    }

    private void stream(
            MessageReply reply,
            Stencil stencil,
            List<String> newIds,
            FakeUsage usage,
            FakeRequest request,
            HttpAnswer answer)
            throws IOException, InterruptedException {
        var headers = headers("text/event-stream; charset=utf-8", request);
        headers.put("cache-control", "no-cache");
        var start = MessageReply.utf8(Stencil.sse("message_start", startData(request, usage)));
        var delta = MessageReply.utf8(Stencil.sse("message_delta", deltaData(reply, usage)));
        var stop = MessageReply.utf8(Stencil.sse("message_stop", "{\"type\":\"message_stop\"}"));
        if (!reply.faults().isEmpty()) {
            var events = new ArrayList<byte[]>();
            events.add(start);
            events.addAll(stencil.events(newIds));
            events.add(delta);
            events.add(stop);
            new Delivery(answer, new DeliveryPlan(events, reply.faults(), true), true)
                    .deliver(200, headers);
            return;
        }
        answer.chunkedHead(200, headers);
        answer.chunk(start, 0, start.length);
        answer.raw(stencil.framed(newIds));
        answer.chunk(delta, 0, delta.length);
        answer.chunk(stop, 0, stop.length);
        answer.lastChunk();
    }

    private String startData(FakeRequest request, FakeUsage usage) {
        return "{\"type\":\"message_start\",\"message\":{\"id\":\""
                + ids.message()
                + "\",\"type\":\"message\",\"role\":\"assistant\",\"model\":"
                + Json.write(request.model())
                + ",\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,\"usage\":"
                + usage.start()
                + "}}";
    }

    private static String deltaData(MessageReply reply, FakeUsage usage) {
        return "{\"type\":\"message_delta\",\"delta\":{"
                + reply.endFields()
                + "},\"usage\":"
                + usage.end()
                + "}";
    }

    private void whole(
            MessageReply reply,
            Stencil stencil,
            List<String> newIds,
            FakeUsage usage,
            FakeRequest request,
            HttpAnswer answer)
            throws IOException, InterruptedException {
        for (var fault : reply.faults()) {
            if (fault instanceof Fault.ErrorEvent(_, var type, var message)) {
                error(ErrorReply.of(statusOf(type)).type(type).message(message), request, answer);
                return;
            }
        }
        var json =
                "{\"id\":\""
                        + ids.message()
                        + "\",\"type\":\"message\",\"role\":\"assistant\",\"model\":"
                        + Json.write(request.model())
                        + ",\"content\":"
                        + stencil.content(newIds)
                        + ","
                        + reply.endFields()
                        + ",\"usage\":"
                        + usage.whole()
                        + "}";
        var headers = headers("application/json", request);
        if (reply.faults().isEmpty()) {
            answer.send(200, headers, MessageReply.utf8(json));
            return;
        }
        var parts = new ArrayList<byte[]>();
        Stencil.pieces(json, BODY_PARTS).forEach(piece -> parts.add(MessageReply.utf8(piece)));
        new Delivery(answer, new DeliveryPlan(parts, reply.faults(), false), false)
                .deliver(200, headers);
    }

    private static int statusOf(String type) {
        return switch (type) {
            case "overloaded_error" -> 529;
            case "rate_limit_error" -> 429;
            case "invalid_request_error" -> 400;
            case "authentication_error" -> 401;
            case "permission_error" -> 403;
            case "not_found_error" -> 404;
            case "timeout_error" -> 504;
            default -> 500;
        };
    }
}
