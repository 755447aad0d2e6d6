package dev.bowline.anthropic;

import dev.bowline.anthropic.http.Answer;
import dev.bowline.anthropic.http.Bytes;
import dev.bowline.anthropic.http.Call;
import dev.bowline.anthropic.http.SocketTransport;
import dev.bowline.anthropic.http.Transport;
import dev.bowline.anthropic.http.TransportException;
import dev.bowline.anthropic.wire.BadAnswer;
import dev.bowline.anthropic.wire.MessageBuilder;
import dev.bowline.anthropic.wire.RequestWriter;
import dev.bowline.anthropic.wire.SseReader;
import dev.bowline.anthropic.wire.StreamDecoder;
import dev.bowline.anthropic.wire.StreamError;
import dev.bowline.message.StreamEvent;
import dev.bowline.model.Model;
import dev.bowline.model.ModelReply;
import dev.bowline.model.ModelRequest;
import dev.bowline.model.Thinking;
import dev.bowline.time.TimeSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// A model behind the Messages API, of Anthropic or of any server that speaks it.
///
/// One instance serves any number of threads; each call holds one connection while it lasts, and at
/// most 64 idle ones are kept for 30 seconds. A call makes one attempt: wrap the model in
/// [dev.bowline.model.RetryingModel] for more. Interrupting the calling thread ends a call at once.
/// An event of a stream may have at most 64 MiB, a whole answer 256 MiB.
///
/// ```java
/// try (var model = AnthropicModel.of(o -> o.apiKey(key))) {
///     var reply = model.reply(ModelRequest.of("claude-sonnet-5-5", messages), event -> {});
/// }
/// ```
public final class AnthropicModel implements Model, AutoCloseable {
    private static final String API_VERSION = "2023-06-01";
    private static final int MAX_EVENT = 64 << 20;
    private static final int MAX_ANSWER = 256 << 20;
    private static final int MAX_ERROR = 64 << 10;

    private final AnthropicOptions options;
    private final Transport transport;
    private final Failures failures;
    private final String headers;

    private AnthropicModel(AnthropicOptions options) {
        this.options = options;
        this.headers = Headers.of(options, API_VERSION);
        this.transport =
                options.transport != null
                        ? options.transport
                        : new SocketTransport(
                                options.endpoint,
                                options.timeouts(),
                                options.proxy,
                                options.sslContext,
                                TimeSource.system());
        this.failures =
                new Failures(
                        options.endpoint.toString(),
                        options.credentialSource,
                        secrets(options),
                        options.timeouts(),
                        TimeSource.system());
    }

    private static List<String> secrets(AnthropicOptions options) {
        var proxy = options.proxy == null ? null : options.proxy.credentials();
        return Stream.of(options.apiKey, options.bearerToken, proxy)
                .filter(secret -> secret != null && !secret.isEmpty())
                .map(String::valueOf)
                .toList();
    }

    /// A model with the given options.
    ///
    /// @throws IllegalArgumentException if an option can't work, for example a malformed base URL
    public static AnthropicModel of(Consumer<AnthropicOptions> options) {
        var chosen = new AnthropicOptions();
        options.accept(chosen);
        return new AnthropicModel(chosen);
    }

    /// A model as environment variables describe it: `ANTHROPIC_AUTH_TOKEN`, `ANTHROPIC_API_KEY` or
    /// `CLAUDE_CODE_OAUTH_TOKEN` (the first that is set), `ANTHROPIC_BASE_URL`,
    /// `ANTHROPIC_CUSTOM_HEADERS` (one `Name: value` a line), `ANTHROPIC_BETAS` (commas),
    /// `API_TIMEOUT_MS`, `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY` in upper or lower
    /// case.
    ///
    /// @throws dev.bowline.error.BowlineException with the code `config_invalid`, naming the
    ///   variable
    public static AnthropicModel fromEnvironment(Map<String, String> env) {
        return fromEnvironment(env, options -> {});
    }

    /// The same, with options that win over the environment.
    public static AnthropicModel fromEnvironment(
            Map<String, String> env, Consumer<AnthropicOptions> more) {
        return of(options -> {
            new Environment(env, options).apply();
            more.accept(options);
        });
    }

    /// Whether the environment names a credential.
    public static boolean hasCredential(Map<String, String> env) {
        return Environment.CREDENTIALS.stream().anyMatch(n -> !env.getOrDefault(n, "").isBlank());
    }

    @Override
    public ModelReply reply(ModelRequest request, Consumer<? super StreamEvent> events)
            throws InterruptedException {
        var body =
                RequestWriter.message(
                        request, maxTokens(request), options.streaming, options.promptCaching);
        var call =
                new Call(
                        "POST",
                        "/v1/messages",
                        Headers.with(headers, Headers.betas(request)),
                        body);
        return exchange(
                call,
                request.model(),
                answer -> {
                    var type = answer.header("content-type");
                    return type != null && type.startsWith("text/event-stream")
                            ? streamed(answer, events)
                            : MessageBuilder.whole(
                                    text(answer, MAX_ANSWER), Failures.requestId(answer));
                });
    }

    private int maxTokens(ModelRequest request) {
        if (request.maxTokens() > 0) {
            return request.maxTokens();
        }
        int tokens =
                options.maxTokens > 0
                        ? options.maxTokens
                        : ModelDefaults.maxTokens(request.model());
        return request.thinking() instanceof Thinking.Budget(int budget) && budget >= tokens
                ? budget + tokens
                : tokens;
    }

    /// How many tokens the input of a request has, as the service counts them.
    public long countTokens(ModelRequest request) throws InterruptedException {
        var body = RequestWriter.count(request);
        var call = new Call("POST", "/v1/messages/count_tokens", headers, body);
        return exchange(
                call, request.model(), answer -> Listing.inputTokens(text(answer, MAX_ERROR)));
    }

    /// The models that the service offers, at most 1,000.
    public List<AvailableModel> listModels() throws InterruptedException {
        var call = new Call("GET", "/v1/models?limit=1000", headers, null);
        return exchange(call, "", answer -> Listing.models(text(answer, MAX_ANSWER)));
    }

    private interface Reading<T> {
        T read(Answer answer) throws IOException, InterruptedException;
    }

    private <T> T exchange(Call call, String model, Reading<T> reading)
            throws InterruptedException {
        String requestId = null;
        int status = 0;
        try (var answer = transport.send(call)) {
            requestId = Failures.requestId(answer);
            status = answer.status();
            if (status != 200) {
                throw failures.status(answer, errorText(answer), model);
            }
            return reading.read(answer);
        } catch (StreamError e) {
            throw failures.inStream(e.error(), requestId, model);
        } catch (BadAnswer e) {
            throw failures.badAnswer(e, requestId, status);
        } catch (TransportException e) {
            throw failures.transport(e, requestId);
        } catch (IOException e) {
            throw failures.cutOff(requestId, e);
        }
    }

    private ModelReply streamed(Answer answer, Consumer<? super StreamEvent> events)
            throws IOException, InterruptedException {
        var message = new MessageBuilder(Failures.requestId(answer));
        var decoder = new StreamDecoder(message);
        var reader = new SseReader(answer, MAX_EVENT);
        while (!message.stopped()) {
            if (!reader.next()) {
                throw failures.cutOff(Failures.requestId(answer), null);
            }
            decoder.event(reader.bytes(), reader.from(), reader.to(), events);
        }
        answer.done();
        return message.reply();
    }

    private static String text(Answer answer, int bound) throws IOException, InterruptedException {
        var text = new Bytes(4096);
        var buffer = new byte[8192];
        for (int n = answer.read(buffer, 0, buffer.length);
                n >= 0;
                n = answer.read(buffer, 0, buffer.length)) {
            if (text.size() + n > bound) {
                throw new IOException("the answer has more than " + bound + " bytes");
            }
            text.write(buffer, 0, n);
        }
        return text.toString(StandardCharsets.UTF_8);
    }

    /// What an error answer says; a body that breaks off or is too long is no reason to hide it.
    private static String errorText(Answer answer) throws InterruptedException {
        try {
            return text(answer, MAX_ERROR);
        } catch (IOException e) {
            return "";
        }
    }

    /// Lets go of idle connections. Calls under way go on to their end.
    @Override
    public void close() {
        transport.close();
    }

    /// Names the endpoint; shows no credential.
    @Override
    public String toString() {
        return "AnthropicModel[" + options.endpoint + "]";
    }
}
