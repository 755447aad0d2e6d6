package dev.bowline.tools.sandbox;

import dev.bowline.tool.Access;
import dev.bowline.tool.Access.Fence;
import dev.bowline.tools.option.SandboxSettings;
import dev.bowline.tools.web.AddressPolicy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Confines shell commands with bubblewrap as the settings say. A command runs confined, or outside
/// because it was excluded, asked to leave, or because the sandbox can't start on this machine; the
/// last three always go through the permission rules, and the last one asks in any case. A sandbox
/// that starts on this machine but can't be built for one command fails that command.
public final class Sandbox {
    private final SandboxSettings settings;
    private final ProxyRules rules;
    private final Limits limits;
    private final Supplier<Bubblewrap> bubblewrap;

    public Sandbox(SandboxSettings settings, AddressPolicy addresses) {
        this(settings, addresses, Limits.usual(), Bubblewrap::here);
    }

    Sandbox(
            SandboxSettings settings,
            AddressPolicy addresses,
            Limits limits,
            Supplier<Bubblewrap> bubblewrap) {
        this.settings = settings;
        this.bubblewrap = bubblewrap;
        this.rules = new ProxyRules(settings.network(), addresses);
        this.limits = limits;
    }

    /// Why the sandbox can't start on this machine, where one is wanted.
    public Optional<String> problem() {
        return settings.enabled() ? bubblewrap.get().problem() : Optional.empty();
    }

    /// Why a call must not run at all, in one sentence.
    ///
    /// @param leaves whether it asks to run outside
    public Optional<String> refusal(boolean leaves) {
        if (!settings.enabled()) {
            return Optional.empty();
        }
        if (leaves && !settings.mayLeave()) {
            return Optional.of(
                    "The settings do not let commands leave the sandbox (sandbox.allowUnsandboxedCommands); call without dangerouslyDisableSandbox.");
        }
        return settings.failIfUnavailable()
                ? problem().map(why -> "The settings want a sandbox, which can't start: " + why)
                : Optional.empty();
    }

    /// How a command line stands to the sandbox; null where there is none.
    ///
    /// @param programs what it starts, asked for only where that matters
    /// @param leaves whether it asks to run outside
    public @Nullable Fence fence(Supplier<List<Access>> programs, boolean leaves) {
        if (!settings.enabled()) {
            return null;
        }
        if (problem().isPresent()) {
            return Fence.MISSING;
        }
        if (leaves || isExcluded(programs)) {
            return Fence.LEFT;
        }
        return isConnected() ? Fence.FILTERED : Fence.SEALED;
    }

    /// What the permission rules are to know of it: nothing where confined commands ask like
    /// others.
    public Optional<Access> fact(Supplier<List<Access>> programs, boolean leaves) {
        return Optional.ofNullable(fence(programs, leaves))
                .filter(fence -> settings.autoAllow() || !fence.confines())
                .map(Access.Fenced::new);
    }

    private boolean isConnected() {
        return settings.network().isOpen() && Bubblewrap.find("perl").isPresent();
    }

    private boolean isExcluded(Supplier<List<Access>> programs) {
        return !settings.excludedCommands().isEmpty()
                && programs.get().stream().anyMatch(this::isExcluded);
    }

    private boolean isExcluded(Access fact) {
        return fact instanceof Access.Runs runs
                && runs.guises().stream()
                        .map(Sandbox::text)
                        .anyMatch(text ->
                                settings.excludedCommands().stream()
                                        .map(Sandbox::beginning)
                                        .anyMatch(begin ->
                                                text.equals(begin)
                                                        || text.startsWith(begin + " ")));
    }

    private static String text(List<Access.Word> words) {
        return String.join(
                " ", words.stream().map(word -> word.text() == null ? "\0" : word.text()).toList());
    }

    private static String beginning(String pattern) {
        var text = pattern.strip();
        while (text.endsWith("*") || text.endsWith(":") || text.endsWith(" ")) {
            text = text.substring(0, text.length() - 1);
        }
        return text;
    }

    /// Builds the sandbox of one command.
    ///
    /// @throws IOException if that can't be done; the command must not run then
    public Cell open(Site site, PrivateFolders folders) throws IOException {
        var placeholders = new Placeholders();
        @Nullable DomainProxy proxy = null;
        try {
            var words = new ArrayList<String>();
            words.add(bubblewrap.get().program().toString());
            words.addAll(new Mounts(site, settings, placeholders).words(folders.tmp()));
            if (isConnected()) {
                var folder = folders.forProxy();
                proxy = DomainProxy.start(rules, folder);
                words.addAll(List.of("--ro-bind", folder.toString(), Forwarder.FOLDER.toString()));
            }
            words.addAll(Bubblewrap.ALONE);
            words.addAll(List.of("--chdir", site.directory().toString()));
            var preamble =
                    proxy == null
                            ? ""
                            : new Forwarder(Bubblewrap.find("perl").orElseThrow()).script();
            return new Cell(
                    words, preamble, limits, placeholders, proxy, folders.folder(), summary());
        } catch (IOException | RuntimeException e) {
            placeholders.close();
            if (proxy != null) {
                proxy.close();
            }
            throw new IOException("the sandbox can't be built: " + e.getMessage(), e);
        }
    }

    private String summary() {
        var network =
                isConnected()
                        ? "it reaches the hosts that the settings allow"
                        : settings.network().isOpen()
                                ? "it has no network, since there is no perl to reach our proxy with"
                                : "it has no network";
        return "(This ran in a sandbox: it may write to the working directories and /tmp only, not to"
                + " what steers tools and agents, and "
                + network
                + ". If that is why it failed,"
                + (settings.mayLeave()
                        ? " dangerouslyDisableSandbox asks to run it outside.)"
                        : " the user has to change the settings.)");
    }
}
