package dev.bowline.testkit.api;

import dev.bowline.testkit.http.HttpAnswer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/// Carries out a plan on a connection.
final class Delivery {
    private final HttpAnswer answer;
    private final DeliveryPlan plan;
    private final boolean chunked;
    private final ByteArrayOutputStream run = new ByteArrayOutputStream();
    private long sent;
    private boolean firstPiece = true;

    Delivery(HttpAnswer answer, DeliveryPlan plan, boolean chunked) {
        this.answer = answer;
        this.plan = plan;
        this.chunked = chunked;
    }

    void deliver(int status, Map<String, String> headers) throws IOException, InterruptedException {
        for (var step : plan.before) {
            if (!take(step)) {
                return;
            }
        }
        if (chunked) {
            answer.chunkedHead(status, headers);
        } else {
            // A body that breaks off was announced longer than it is.
            answer.head(status, headers, plan.length() + (plan.breaks() ? 1000 : 0));
        }
        for (var step : plan.steps) {
            if (!take(step)) {
                return;
            }
        }
        end();
    }

    private boolean take(Step step) throws IOException, InterruptedException {
        switch (step) {
            case Step.Send send -> {
                run.writeBytes(send.bytes);
                if (plan.pieceBytes == 0 && plan.cuts.isEmpty()) {
                    emit();
                }
                return true;
            }
            case Step.Hold(var gate) -> {
                emit();
                return answer.hold(gate == null ? new CountDownLatch(1) : gate.arrive());
            }
            case Step.Wait(var time) -> {
                emit();
                answer.pause(time);
                return true;
            }
            case Step.End(var cut) -> {
                emit();
                cut(cut);
                return false;
            }
        }
    }

    private void cut(Cut cut) throws IOException, InterruptedException {
        switch (cut) {
            case RESET -> answer.reset();
            case FIN -> answer.close();
            case EOF -> end();
        }
    }

    private void end() throws IOException, InterruptedException {
        emit();
        if (chunked) {
            answer.lastChunk();
        } else {
            answer.complete();
        }
        if (plan.closeAfterwards) {
            answer.closeAfterwards();
        }
    }

    /// Sends what has gathered, in pieces as the plan wants them.
    private void emit() throws IOException, InterruptedException {
        var bytes = run.toByteArray();
        run.reset();
        for (var from = 0; from < bytes.length; ) {
            var to = pieceEnd(from, bytes.length);
            if (!firstPiece && !plan.piecePause.isZero()) {
                answer.pause(plan.piecePause);
            }
            firstPiece = false;
            if (chunked) {
                answer.chunk(bytes, from, to - from);
            } else {
                answer.raw(bytes, from, to - from);
            }
            answer.flush();
            sent += to - from;
            from = to;
        }
    }

    private int pieceEnd(int from, int length) {
        var end = plan.pieceBytes == 0 ? length : Math.min(length, from + plan.pieceBytes);
        for (var offset : plan.cuts) {
            var place = from + (offset - sent);
            if (offset > sent && place < end) {
                end = (int) place;
            }
        }
        return end;
    }
}
