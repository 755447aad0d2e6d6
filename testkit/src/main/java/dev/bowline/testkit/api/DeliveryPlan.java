package dev.bowline.testkit.api;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The steps of delivering a reply with faults: a list of sends, rearranged by each fault in turn.
final class DeliveryPlan {
    final List<Step> before = new ArrayList<>();
    final List<Step> steps = new ArrayList<>();
    final List<Integer> cuts = new ArrayList<>();
    int pieceBytes;
    Duration piecePause = Duration.ZERO;
    boolean closeAfterwards;
    private final boolean streaming;

    DeliveryPlan(List<byte[]> parts, List<Fault> faults, boolean streaming) {
        this.streaming = streaming;
        parts.forEach(part -> steps.add(new Step.Send(part)));
        faults.forEach(this::apply);
    }

    /// Bytes that will be sent.
    long length() {
        var sum = 0L;
        for (var step : steps) {
            sum += step instanceof Step.Send send ? send.bytes.length : 0;
        }
        return sum;
    }

    /// Whether the connection breaks before the body's end.
    boolean breaks() {
        return steps.stream().anyMatch(step -> step instanceof Step.End(var cut) && cut != Cut.EOF);
    }

    private void apply(Fault fault) {
        switch (fault) {
            case Fault.Disconnect(var after, var inside, var cut) -> disconnect(after, inside, cut);
            case Fault.Stall(var after, var gate) -> steps.add(place(after), new Step.Hold(gate));
            case Fault.ErrorEvent(var after, var type, var message) ->
                    finish(after, Stencil.sse("error", ErrorReply.json(type, message, null)));
            case Fault.Bad(var after, var garbage) -> spoil(after, garbage);
            case Fault.Insert(var after, var raw) -> steps.add(place(after), send(raw));
            case Fault.Every(var events, var raw) -> every(events, send(raw), true);
            case Fault.Pause(var events, var time) -> every(events, new Step.Wait(time), false);
            case Fault.CarriageReturns() -> carriageReturns();
            case Fault.Pieces(var bytes, var pause) -> {
                pieceBytes = bytes;
                piecePause = pause;
            }
            case Fault.CutsAt(var offsets) -> cuts.addAll(offsets);
            case Fault.LateStart(var delay) -> before.add(new Step.Wait(delay));
            case Fault.HeldStart(var gate) -> before.add(new Step.Hold(gate));
            case Fault.CloseAfterwards() -> closeAfterwards = true;
        }
    }

    /// The place right after the n-th send.
    private int place(int sends) {
        var seen = 0;
        for (var i = 0; i < steps.size(); i++) {
            if (seen == sends) {
                return i;
            }
            if (steps.get(i) instanceof Step.Send) {
                seen++;
            }
        }
        return steps.size();
    }

    private void disconnect(int after, boolean inside, Cut cut) {
        var rest = steps.subList(place(after), steps.size());
        var next =
                rest.stream()
                        .filter(Step.Send.class::isInstance)
                        .map(Step.Send.class::cast)
                        .findFirst();
        rest.clear();
        if (inside && next.isPresent()) {
            var bytes = next.get().bytes;
            steps.add(new Step.Send(Arrays.copyOf(bytes, bytes.length / 2)));
        }
        steps.add(new Step.End(cut));
    }

    private void finish(int after, String last) {
        steps.subList(place(after), steps.size()).clear();
        steps.add(send(last));
        steps.add(new Step.End(Cut.EOF));
    }

    private void spoil(int after, Garbage garbage) {
        switch (garbage) {
            case MALFORMED_JSON -> malform(after);
            case UNKNOWN_EVENT ->
                    insertEvent(after, "weather", "{\"type\":\"weather\",\"sky\":\"grey\"}");
            case BROKEN_UTF8 -> steps.add(place(after), new Step.Send(brokenText()));
            case WRONG_INDEX ->
                    insertEvent(
                            after,
                            "content_block_delta",
                            "{\"type\":\"content_block_delta\",\"index\":97,\"delta\":{\"type\":\"text_delta\",\"text\":\"lost\"}}");
            case HTML -> finish(after, "<html><body><h1>502</h1></body></html>\n");
        }
    }

    private void insertEvent(int after, String name, String data) {
        if (streaming) {
            steps.add(place(after), send(Stencil.sse(name, data)));
        }
    }

    private void malform(int after) {
        for (var i = place(after); i < steps.size(); i++) {
            if (steps.get(i) instanceof Step.Send send) {
                var half =
                        new String(
                                send.bytes, 0, send.bytes.length / 2, StandardCharsets.ISO_8859_1);
                var text = half + (streaming ? "\n\n" : "");
                steps.set(i, new Step.Send(text.getBytes(StandardCharsets.ISO_8859_1)));
                return;
            }
        }
    }

    /// A delta whose text holds the first two bytes of a three-byte sequence.
    private static byte[] brokenText() {
        var text =
                Stencil.sse(
                        "content_block_delta",
                        "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"cut \u00e2\u0082\"}}");
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private void every(int events, Step extra, boolean behind) {
        if (behind && !streaming) {
            return;
        }
        var seen = 0;
        for (var i = 0; i < steps.size(); i++) {
            if (steps.get(i) instanceof Step.Send && ++seen % events == 0) {
                steps.add(behind ? i + 1 : i, extra);
                i++;
            }
        }
    }

    private void carriageReturns() {
        if (streaming) {
            steps.replaceAll(
                    step -> step instanceof Step.Send send ? withCarriageReturns(send) : step);
        }
    }

    private static Step withCarriageReturns(Step.Send send) {
        var text = new String(send.bytes, StandardCharsets.ISO_8859_1).replace("\n", "\r\n");
        return new Step.Send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static Step.Send send(String text) {
        return new Step.Send(MessageReply.utf8(text));
    }
}
