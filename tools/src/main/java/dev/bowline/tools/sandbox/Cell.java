package dev.bowline.tools.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The sandbox of one command: the words that start it, and what has to be cleared away behind it.
public final class Cell implements AutoCloseable {
    private static final List<String> TEMPORARY = List.of("TMPDIR", "TMP", "TEMP");
    private static final List<String> PROXY =
            List.of(
                    "http_proxy",
                    "https_proxy",
                    "HTTP_PROXY",
                    "HTTPS_PROXY",
                    "ALL_PROXY",
                    "all_proxy");
    private static final List<String> NO_PROXY = List.of("no_proxy", "NO_PROXY");

    /// Ways to programs outside that are not there inside.
    private static final List<String> GONE =
            List.of("SSH_AUTH_SOCK", "DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR", "DISPLAY");

    private final List<String> words;
    private final String preamble;
    private final Limits limits;
    private final ControlGroup group;
    private final Placeholders placeholders;
    private final @Nullable DomainProxy proxy;
    private final String summary;
    private final String clearing;

    Cell(
            List<String> words,
            String preamble,
            Limits limits,
            Placeholders placeholders,
            @Nullable DomainProxy proxy,
            Path folder,
            String summary) {
        this.words = List.copyOf(words);
        this.preamble = preamble;
        this.limits = limits;
        this.placeholders = placeholders;
        this.proxy = proxy;
        this.summary = summary;
        this.clearing = clearing(placeholders.held(), folder);
        this.group = ControlGroup.open(limits);
    }

    /// What a shell outside runs to start [#words] and to wait for them. It is the parent that the
    /// sandbox must not outlive: threads of this process come and go. Told to end, which happens
    /// when this process is gone, it clears away what [#close] would have.
    public String launch() {
        return group.script()
                + "trap 'gone=1' TERM; \"$@\"; code=$?; [ -z \"$gone\" ] || { "
                + clearing
                + " }; exit $code";
    }

    private static String clearing(List<Path> placeholders, Path folder) {
        var text = new StringBuilder();
        var rmdir = Bubblewrap.find("rmdir");
        if (rmdir.isPresent() && !placeholders.isEmpty()) {
            text.append(rmdir.get()).append(" --");
            placeholders.forEach(path -> text.append(' ').append(quoted(path)));
            text.append(" 2>/dev/null; ");
        }
        Bubblewrap.find("rm")
                .ifPresent(rm ->
                        text.append(rm).append(" -rf -- ").append(quoted(folder)).append("; "));
        return text.append(":;").toString();
    }

    private static String quoted(Path path) {
        return "'" + path.toString().replace("'", "'\\''") + "'";
    }

    /// The program and its arguments for a script inside.
    public List<String> words(Path bash, String script) {
        var all = new ArrayList<>(words);
        all.addAll(
                List.of("--", bash.toString(), "-c", preamble + limits.script() + script, "bash"));
        return all;
    }

    /// Changes what programs inside are told of their surroundings.
    public void adjust(Map<String, String> environment) {
        GONE.forEach(environment::remove);
        TEMPORARY.forEach(name -> environment.put(name, "/tmp"));
        PROXY.forEach(environment::remove);
        NO_PROXY.forEach(environment::remove);
        if (proxy != null) {
            PROXY.forEach(name -> environment.put(name, Forwarder.ADDRESS));
            NO_PROXY.forEach(name -> environment.put(name, "localhost,127.0.0.1,::1"));
        }
    }

    /// What the model should know when the command failed: what it could reach, and what was
    /// refused.
    public String note(boolean failed) {
        var refused = proxy == null ? List.<String>of() : proxy.refusals();
        var text = new StringBuilder();
        if (failed) {
            text.append(summary);
        }
        if (!refused.isEmpty()) {
            text.append(text.isEmpty() ? "" : " ")
                    .append("The sandbox refused connections: ")
                    .append(String.join(", ", refused))
                    .append('.');
        }
        return text.toString();
    }

    /// To be called when nothing of the command runs any more; more than once does no harm.
    @Override
    public void close() {
        placeholders.close();
        group.close();
        Optional.ofNullable(proxy).ifPresent(Cell::close);
    }

    private static void close(DomainProxy proxy) {
        try {
            proxy.close();
        } catch (IOException left) {
            return;
        }
    }
}
