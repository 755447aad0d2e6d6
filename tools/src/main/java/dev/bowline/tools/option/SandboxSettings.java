package dev.bowline.tools.option;

import dev.bowline.json.Json;
import dev.bowline.permission.HostPattern;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the setting `sandbox` says: whether commands run confined, and what they may reach there.
/// See docs/sandbox.md.
///
/// @param autoAllow whether a confined command runs without asking
/// @param excludedCommands beginnings of commands (`docker`, `npm run e2e *`) that run outside
/// @param mayLeave whether a call may ask to run outside
/// @param failIfUnavailable whether nothing runs where the sandbox can't start
public record SandboxSettings(
        boolean enabled,
        boolean autoAllow,
        List<String> excludedCommands,
        boolean mayLeave,
        boolean failIfUnavailable,
        Network network,
        Files files) {
    public static final SandboxSettings OFF =
            new SandboxSettings(false, true, List.of(), true, false, Network.NONE, Files.NONE);

    /// No sandbox other than by what is set.
    public static final SandboxSettings ON =
            new SandboxSettings(true, true, List.of(), true, false, Network.NONE, Files.NONE);

    private static final int MAX_PORT = 65_535;

    public SandboxSettings {
        excludedCommands = List.copyOf(excludedCommands);
    }

    /// What commands reach.
    ///
    /// @param allowed patterns of hosts, with a port where it is neither 80 nor 443
    /// @param denied the same, stronger
    /// @param unixSockets absolute paths
    /// @param proxyPort a port of this machine where the operator's own proxy decides instead, or 0
    public record Network(
            List<String> allowed, List<String> denied, List<String> unixSockets, int proxyPort) {
        public static final Network NONE = new Network(List.of(), List.of(), List.of(), 0);

        public Network {
            allowed = List.copyOf(allowed);
            denied = List.copyOf(denied);
            unixSockets = List.copyOf(unixSockets);
        }

        /// Whether there is anything to reach.
        public boolean isOpen() {
            return !allowed.isEmpty() || proxyPort > 0;
        }
    }

    /// Paths beside the working directories; absolute, or beginning with `~/`.
    public record Files(
            List<String> writable,
            List<String> unwritable,
            List<String> readable,
            List<String> unreadable) {
        public static final Files NONE = new Files(List.of(), List.of(), List.of(), List.of());

        public Files {
            writable = List.copyOf(writable);
            unwritable = List.copyOf(unwritable);
            readable = List.copyOf(readable);
            unreadable = List.copyOf(unreadable);
        }
    }

    /// What one file of settings says under `sandbox`, and the folder that its paths begin in.
    public record Said(Json json, Path base) {}

    /// Reads it; of several files the first one that has a word counts, lists are put together.
    ///
    /// @param said strongest first
    /// @throws IllegalArgumentException naming the key of a value that can't be used
    public static SandboxSettings of(List<Said> said) {
        refuse(said, "network.socksProxyPort");
        refuse(said, "network.allowManagedDomainsOnly");
        refuse(said, "filesystem.allowManagedReadPathsOnly");
        return new SandboxSettings(
                flag(said, "enabled", false),
                flag(said, "autoAllowBashIfSandboxed", true),
                texts(said, "excludedCommands"),
                flag(said, "allowUnsandboxedCommands", true),
                flag(said, "failIfUnavailable", false),
                new Network(
                        hosts(said, "network.allowedDomains"),
                        hosts(said, "network.deniedDomains"),
                        paths(said, "network.allowUnixSockets"),
                        port(said, "network.httpProxyPort")),
                new Files(
                        paths(said, "filesystem.allowWrite"),
                        paths(said, "filesystem.denyWrite"),
                        paths(said, "filesystem.allowRead"),
                        paths(said, "filesystem.denyRead")));
    }

    public SandboxSettings withNetwork(Network other) {
        return new SandboxSettings(
                enabled, autoAllow, excludedCommands, mayLeave, failIfUnavailable, other, files);
    }

    public SandboxSettings withFiles(Files other) {
        return new SandboxSettings(
                enabled, autoAllow, excludedCommands, mayLeave, failIfUnavailable, network, other);
    }

    private static Optional<Object> at(Said said, String key) {
        @Nullable Object value = said.json.value();
        var where = "";
        for (var name : key.split("\\.", -1)) {
            if (value == null) {
                break;
            }
            if (!(value instanceof Map<?, ?> members)) {
                throw bad(where, "an object");
            }
            where = where.isEmpty() ? name : where + "." + name;
            value = members.get(name);
        }
        return Optional.ofNullable(value);
    }

    private static Optional<Object> first(List<Said> said, String key) {
        return said.stream().map(one -> at(one, key)).flatMap(Optional::stream).findFirst();
    }

    private static void refuse(List<Said> said, String key) {
        first(said, key)
                .filter(value -> !Boolean.FALSE.equals(value))
                .ifPresent(any -> {
                    throw new IllegalArgumentException(
                            "sandbox." + key + ": this is not supported");
                });
    }

    private static boolean flag(List<Said> said, String key, boolean otherwise) {
        var value = first(said, key).orElse(otherwise);
        if (value instanceof Boolean yes) {
            return yes;
        }
        throw bad(key, "true or false");
    }

    private static int port(List<Said> said, String key) {
        var value = first(said, key).orElse(0L);
        if (value instanceof Number number
                && number.doubleValue() == number.intValue()
                && number.intValue() >= 0
                && number.intValue() <= MAX_PORT) {
            return number.intValue();
        }
        throw bad(key, "the number of a port");
    }

    private static List<String> texts(List<Said> said, String key) {
        return said.stream().flatMap(one -> texts(one, key).stream()).distinct().toList();
    }

    private static List<String> texts(Said said, String key) {
        var all = new ArrayList<String>();
        if (!(at(said, key).orElse(List.of()) instanceof List<?> list)) {
            throw bad(key, "a list of texts");
        }
        for (var one : list) {
            if (!(one instanceof String text) || text.isBlank() || text.indexOf('\0') >= 0) {
                throw bad(key, "a list of texts");
            }
            all.add(text.strip());
        }
        return all;
    }

    private static List<String> hosts(List<Said> said, String key) {
        var all = texts(said, key);
        for (var one : all) {
            HostPattern.problem(HostAndPort.of(one).host())
                    .ifPresent(problem -> {
                        throw new IllegalArgumentException("sandbox." + key + ": " + problem);
                    });
        }
        return all;
    }

    private static List<String> paths(List<Said> said, String key) {
        return said.stream()
                .flatMap(one -> texts(one, key).stream().map(text -> absolute(text, one.base)))
                .distinct()
                .toList();
    }

    private static String absolute(String text, Path base) {
        var path = text.startsWith("//") ? text.substring(1) : text;
        return path.equals("~") || path.startsWith("~/")
                ? path
                : base.resolve(path).normalize().toString();
    }

    private static IllegalArgumentException bad(String key, String wanted) {
        return new IllegalArgumentException(
                "sandbox" + (key.isEmpty() ? "" : "." + key) + ": it must be " + wanted);
    }
}
