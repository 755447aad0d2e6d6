package dev.bowline.tools.option;

import java.util.Set;

/// What can be chosen about the built-in tools.
///
/// @param readBeforeOverwrite whether Write and Edit refuse an existing file that the session has
///   not read; off by default. A file read only in part, and one that changed since, is refused all
///   the same, and a notebook always has to be read
/// @param backgroundOnTimeout whether a command that reaches its time-out goes on in the background
///   instead of being ended; on by default. Commands that start with `sleep` or mention `git` are
///   always ended
/// @param allowedVariables names of environment variables that commands get although they look like
///   credentials; none by default
/// @param privateHosts hosts (patterns as in `WebFetch(domain:…)`) and ranges of addresses
///   (`192.168.7.0/24`) that WebFetch and a sandbox may contact although they are not public; none
///   by default
/// @param sandbox how commands are confined; not at all by default
public record ToolOptions(
        boolean readBeforeOverwrite,
        boolean backgroundOnTimeout,
        Set<String> allowedVariables,
        Set<String> privateHosts,
        SandboxSettings sandbox) {
    public static final ToolOptions DEFAULTS =
            new ToolOptions(false, true, Set.of(), Set.of(), SandboxSettings.OFF);

    public ToolOptions {
        allowedVariables = Set.copyOf(allowedVariables);
        privateHosts = Set.copyOf(privateHosts);
    }

    public ToolOptions withReadBeforeOverwrite(boolean on) {
        return new ToolOptions(on, backgroundOnTimeout, allowedVariables, privateHosts, sandbox);
    }

    public ToolOptions withBackgroundOnTimeout(boolean on) {
        return new ToolOptions(readBeforeOverwrite, on, allowedVariables, privateHosts, sandbox);
    }

    public ToolOptions withAllowedVariables(Set<String> names) {
        return new ToolOptions(
                readBeforeOverwrite, backgroundOnTimeout, names, privateHosts, sandbox);
    }

    public ToolOptions withPrivateHosts(Set<String> hosts) {
        return new ToolOptions(
                readBeforeOverwrite, backgroundOnTimeout, allowedVariables, hosts, sandbox);
    }

    public ToolOptions withSandbox(SandboxSettings settings) {
        return new ToolOptions(
                readBeforeOverwrite, backgroundOnTimeout, allowedVariables, privateHosts, settings);
    }
}
