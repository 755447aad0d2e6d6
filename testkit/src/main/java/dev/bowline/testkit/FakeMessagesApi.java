package dev.bowline.testkit;

import dev.bowline.testkit.api.ApiLog;
import dev.bowline.testkit.api.ApiScript;
import dev.bowline.testkit.api.ApiServer;
import dev.bowline.testkit.api.FakeReply;
import dev.bowline.testkit.api.FakeRequest;
import dev.bowline.testkit.api.Violation;
import dev.bowline.testkit.replay.Replay;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;

/// A Messages API on a loopback port: real HTTP/1.1, real server-sent events, optional TLS. It says
/// what the test scripted, fails the way the test wants, and holds each request to the service's
/// rules.
///
/// ```java
/// try (var api = FakeMessagesApi.start(a -> a.reply(toolUse("Read", "{\"file_path\":\"a.txt\"}"), text("done")))) {
///     // point the client under test at api.baseUrl()
///     api.verify();
/// }
/// ```
///
/// Each connection has a virtual thread; thousands of streams at once are fine. Closing ends every
/// reply that is held or stalled. Safe for use by many threads.
public final class FakeMessagesApi implements AutoCloseable {
    private final ApiServer server;
    private final ApiLog log;

    private FakeMessagesApi(ApiScript script) {
        this.server = ApiServer.start(script);
        this.log = server.log();
    }

    /// Starts with a script; an empty one answers every message request with a failure.
    public static FakeMessagesApi start(Consumer<ApiScript> setup) {
        var script = new ApiScript();
        setup.accept(script);
        return new FakeMessagesApi(script);
    }

    /// Serves the exchanges recorded in a directory, each once, to requests with the same content.
    /// A request that none fits gets a 500 that says what differs from the nearest recording, and
    /// counts as a failure.
    ///
    /// @throws java.io.UncheckedIOException when the directory cannot be read
    /// @throws IllegalArgumentException when a file is not an exchange of a known version
    public static FakeMessagesApi replaying(Path directory) {
        return replaying(Replay.of(directory), _ -> {});
    }

    /// Serves recorded exchanges in the way that the replay is set up, with further settings of the
    /// API.
    public static FakeMessagesApi replaying(Replay replay, Consumer<ApiScript> setup) {
        return start(script -> {
            script.rules(rules -> rules.anyFields().allowSystemRole());
            setup.accept(script);
            script.replyWith(replay);
        });
    }

    /// The URL to point a client at, without a trailing slash: `http://127.0.0.1:PORT` or
    /// `https://...`.
    public String baseUrl() {
        return server.baseUrl();
    }

    /// A context that trusts the certificate of this server and nothing else; for a server started
    /// with TLS.
    public SSLContext clientTls() {
        return server.clientTls();
    }

    /// Queues more replies.
    public FakeMessagesApi reply(FakeReply... replies) {
        server.reply(replies);
        return this;
    }

    /// The requests in order of arrival (the newest 10,000 unless the script says otherwise).
    public List<FakeRequest> requests() {
        return log.requests();
    }

    /// The newest request.
    ///
    /// @throws IllegalStateException when there was none
    public FakeRequest lastRequest() {
        var all = log.requests();
        if (all.isEmpty()) {
            throw new IllegalStateException("the fake API has had no request yet");
        }
        return all.getLast();
    }

    /// The service's rules that requests broke, in order; each request was refused for its first
    /// one.
    public List<Violation> violations() {
        return log.violations();
    }

    /// Requests that the script had no reply for, as sentences.
    public List<String> failures() {
        return log.failures();
    }

    /// Counts, and waiting for them.
    public ApiLog log() {
        return log;
    }

    /// Queued replies that nobody asked for yet.
    public int unserved() {
        return server.unserved();
    }

    /// Connections accepted so far.
    public long connections() {
        return server.connections();
    }

    /// Connections open now.
    public int openConnections() {
        return server.openConnections();
    }

    /// Waits until that many requests came in.
    ///
    /// @throws IllegalStateException when they did not come in time
    public void awaitRequests(long count, Duration atMost) throws InterruptedException {
        log.awaitRequests(count, atMost);
    }

    /// Fails the test when a rule was broken, a request had no reply, or a queued reply was never
    /// asked for.
    ///
    /// @throws AssertionError that lists all of it
    public void verify() {
        var text = new StringBuilder();
        violations()
                .forEach(v ->
                        text.append("\n  request ")
                                .append(v.request())
                                .append(": ")
                                .append(v.answer()));
        failures().forEach(failure -> text.append("\n  ").append(failure));
        if (unserved() > 0) {
            text.append("\n  ").append(unserved()).append(" scripted replies were never asked for");
        }
        if (!text.isEmpty()) {
            throw new AssertionError("the fake Messages API is not satisfied:" + text);
        }
    }

    /// Stops the server, breaks its connections and ends every stalled reply.
    @Override
    public void close() {
        server.close();
    }
}
