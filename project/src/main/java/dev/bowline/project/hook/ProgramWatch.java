package dev.bowline.project.hook;

import dev.bowline.hook.HookOutcome;
import dev.bowline.json.Json;
import dev.bowline.project.hook.HookWatch.Heard;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Waits for the program of a hook. One whose first line says `{"async": true}` goes on alone, as
/// does one that the settings call so: what it says in the end comes later.
final class ProgramWatch {
    private static final Duration STEP = Duration.ofMillis(50);

    /// Bytes in which a program has to say that it goes on alone.
    private static final int FIRST = 2_000;

    private final Program program;
    private final Answer answer;
    private final HookWatch.Running watched;
    private final Duration limit;

    /// @param limit how long it may go on alone, unless it says so itself
    ProgramWatch(Program program, Answer answer, HookWatch.Running watched, Duration limit) {
        this.program = program;
        this.answer = answer;
        this.watched = watched;
        this.limit = limit;
    }

    /// @param alone whether nobody waits for it
    /// @param terms makes an outcome of what it means
    HookOutcome outcome(boolean alone, Function<Answer.Meaning, HookOutcome> terms)
            throws InterruptedException, IOException {
        boolean left = false;
        try {
            var rest = alone ? limit : untilEndOrAlone();
            if (rest != null) {
                left = true;
                return HookOutcome.later(() -> late(rest));
            }
            var meaning = ended();
            return terms.apply(meaning).withVariables(program.exports());
        } finally {
            if (!left) {
                program.close();
            }
        }
    }

    /// How long it goes on alone, or null when it has ended.
    private @Nullable Duration untilEndOrAlone() throws InterruptedException, IOException {
        while (!program.await(STEP)) {
            var wish = wish();
            if (wish != null) {
                return wish;
            }
        }
        return wish();
    }

    private @Nullable Duration wish() {
        var output = program.output(FIRST);
        int end = output.indexOf('\n');
        var json = Answer.json(end < 0 ? output : output.substring(0, end));
        if (json == null || !Boolean.TRUE.equals(json.asMap().get("async"))) {
            return null;
        }
        return json.asMap().get("asyncTimeout") instanceof Number ms && ms.longValue() > 0
                ? Duration.ofMillis(Math.min(ms.longValue(), Duration.ofDays(1).toMillis()))
                : limit;
    }

    private Answer.Meaning ended() {
        int code = program.exitCode();
        var output = program.output();
        var errors = program.errors();
        var meaning = answer.program(code, output, errors);
        watched.ended(
                code == 0 && meaning.failure() == null ? "success" : "error",
                new Heard(output, errors, code));
        return meaning;
    }

    /// What it says in the end: notes and messages, both for the model.
    private HookOutcome late(Duration atMost) throws InterruptedException, IOException {
        try (program) {
            long until = System.nanoTime() + atMost.toNanos();
            while (!program.await(STEP)) {
                if (System.nanoTime() > until) {
                    watched.ended("cancelled", Heard.NOTHING);
                    return HookOutcome.none();
                }
            }
            int code = program.exitCode();
            watched.ended(
                    code == 0 ? "success" : "error",
                    new Heard(program.output(), program.errors(), code));
            if (code == 2) {
                var errors = program.errors().strip();
                return errors.isEmpty() ? HookOutcome.none() : HookOutcome.context(errors);
            }
            return said(program.output());
        } catch (InterruptedException e) {
            watched.ended("cancelled", Heard.NOTHING);
            throw e;
        }
    }

    /// The first JSON object that is not the promise to go on.
    private HookOutcome said(String output) {
        var whole = Answer.json(output);
        var lines =
                whole != null
                        ? List.of(whole)
                        : output.lines()
                                .map(Answer::json)
                                .filter(json -> json != null)
                                .<Json>map(json -> json)
                                .toList();
        var texts = new ArrayList<String>();
        for (var json : lines) {
            if (texts.isEmpty() && !Boolean.TRUE.equals(json.asMap().get("async"))) {
                var said = answer.text(json.text(), true).outcome();
                add(texts, said.message());
                add(texts, said.context());
            }
        }
        return texts.isEmpty() ? HookOutcome.none() : HookOutcome.context(String.join("\n", texts));
    }

    private static void add(List<String> texts, @Nullable String text) {
        if (text != null) {
            texts.add(text);
        }
    }
}
