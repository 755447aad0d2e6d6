package dev.bowline.cli.prompt;

import dev.bowline.cli.args.UsageException;
import dev.bowline.cli.console.Console;
import dev.bowline.error.ErrorCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The prompt: the words of the command line, then what comes on the standard input.
public final class PromptText {
    /// In bytes.
    public static final int LIMIT = 10_000_000;

    /// How long an input that may have nothing to say is waited for when there is a prompt already.
    static final Duration PATIENCE = Duration.ofSeconds(3);

    private PromptText() {}

    /// @param mayBeEmpty whether nothing may be said, to go on with what was begun
    /// @throws UsageException when there is no prompt, too much of it, or it isn't UTF-8
    static String read(List<String> words, Console console, boolean mayBeEmpty)
            throws InterruptedException {
        var said = String.join(" ", words);
        var piped = console.terminal().in() ? "" : piped(console, mayBeEmpty || !said.isBlank());
        if (said.isBlank() && piped.isBlank() && !mayBeEmpty) {
            throw empty();
        }
        return said.isBlank() ? piped : piped.isBlank() ? said : said + "\n\n" + piped;
    }

    static UsageException empty() {
        return new UsageException(
                ErrorCode.PROMPT_EMPTY,
                "the prompt is empty; give it as an argument or on standard input, for example: bowline -p \"What files are here?\"");
    }

    /// What came: bytes, or why there are none.
    private static final class Input {
        private final byte[] bytes;
        private final @Nullable IOException failure;

        Input(byte[] bytes, @Nullable IOException failure) {
            this.bytes = bytes;
            this.failure = failure;
        }
    }

    private static String piped(Console console, boolean optional) throws InterruptedException {
        var arrived = new ArrayBlockingQueue<Integer>(1);
        var whole = new ArrayBlockingQueue<Input>(1);
        var reader = new Thread(() -> read(console, arrived, whole), "standard-input");
        reader.setDaemon(true);
        reader.start();
        if (optional && arrived.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS) == null) {
            console.err()
                    .line(
                            "bowline: nothing came on standard input within "
                                    + PATIENCE.toSeconds()
                                    + " s, going on without it; use < /dev/null to say that there is nothing");
            return "";
        }
        return decoded(whole.take());
    }

    private static void read(
            Console console, ArrayBlockingQueue<Integer> arrived, ArrayBlockingQueue<Input> whole) {
        try {
            var first = console.in().readNBytes(1);
            arrived.add(first.length);
            var rest = first.length == 0 ? first : console.in().readNBytes(LIMIT);
            var all = new byte[first.length + rest.length];
            System.arraycopy(first, 0, all, 0, first.length);
            System.arraycopy(rest, 0, all, first.length, rest.length);
            whole.add(new Input(all, null));
        } catch (IOException e) {
            arrived.offer(0);
            whole.add(new Input(new byte[0], e));
        }
    }

    private static String decoded(Input input) {
        var failure = input.failure;
        if (failure != null) {
            throw new UsageException("standard input cannot be read: " + failure.getMessage());
        }
        if (input.bytes.length > LIMIT) {
            throw new UsageException(
                    ErrorCode.PROMPT_TOO_LONG,
                    "standard input has more than "
                            + LIMIT / 1_000_000
                            + " MB; put it into a file and name the file in the prompt");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(input.bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new UsageException(
                    ErrorCode.PROMPT_NOT_UNICODE,
                    "standard input is not UTF-8 text; put it into a file and name the file in the prompt");
        }
    }
}
