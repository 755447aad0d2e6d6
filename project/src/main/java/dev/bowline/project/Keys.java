package dev.bowline.project;

import static java.util.Map.entry;

import dev.bowline.permission.PermissionMode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The settings that the field knows, and what they look like.
final class Keys {
    /// What something comes of in this version.
    static final Set<String> USED =
            Set.of(
                    "$schema",
                    "permissions",
                    "env",
                    "hooks",
                    "disableAllHooks",
                    "allowManagedHooksOnly",
                    "allowManagedPermissionRulesOnly",
                    "model",
                    "fallbackModel",
                    "effortLevel",
                    "sandbox");

    /// What only an operator may say.
    static final Set<String> OPERATORS =
            Set.of(
                    "allowManagedHooksOnly",
                    "allowManagedPermissionRulesOnly",
                    "allowedMcpServers",
                    "deniedMcpServers",
                    "strictKnownMarketplaces");

    private static final Shape SCALAR =
            (at, value, findings) -> {
                if (value instanceof List || value instanceof Map) {
                    findings.bad(at, "it must be a text");
                }
            };

    private static final Shape PERMISSIONS =
            Shape.object(
                    Map.of(
                            "allow", Shape.LIST,
                            "ask", Shape.LIST,
                            "deny", Shape.LIST,
                            "additionalDirectories", Shape.LIST,
                            "defaultMode", Shape.word(modes()),
                            "disableBypassPermissionsMode", Shape.word("disable"),
                            "disableAutoMode", Shape.word("disable")));

    private static final Shape NETWORK =
            Shape.object(
                    Map.ofEntries(
                            entry("allowedDomains", Shape.TEXTS),
                            entry("deniedDomains", Shape.TEXTS),
                            entry("allowManagedDomainsOnly", Shape.YES_OR_NO),
                            entry("allowUnixSockets", Shape.TEXTS),
                            entry("allowAllUnixSockets", Shape.YES_OR_NO),
                            entry("allowLocalBinding", Shape.YES_OR_NO),
                            entry("httpProxyPort", Shape.NUMBER),
                            entry("socksProxyPort", Shape.NUMBER)));

    private static final Shape FILES =
            Shape.object(
                    Map.of(
                            "allowWrite", Shape.TEXTS,
                            "denyWrite", Shape.TEXTS,
                            "allowRead", Shape.TEXTS,
                            "denyRead", Shape.TEXTS,
                            "allowManagedReadPathsOnly", Shape.YES_OR_NO));

    private static final Shape SANDBOX =
            Shape.object(
                    Map.ofEntries(
                            entry("enabled", Shape.YES_OR_NO),
                            entry("autoAllowBashIfSandboxed", Shape.YES_OR_NO),
                            entry("excludedCommands", Shape.TEXTS),
                            entry("allowUnsandboxedCommands", Shape.YES_OR_NO),
                            entry("failIfUnavailable", Shape.YES_OR_NO),
                            entry("enableWeakerNestedSandbox", Shape.YES_OR_NO),
                            entry("ignoreViolations", Shape.ANY),
                            entry("network", NETWORK),
                            entry("filesystem", FILES)));

    private static final Shape HOOKS =
            Shape.map((at, value, findings) -> {
                if (!(value instanceof List)) {
                    findings.bad(at, "it must be a list");
                }
            });

    static final Shape ALL =
            Shape.object(
                    Map.ofEntries(
                            entry("$schema", Shape.ANY),
                            entry("permissions", PERMISSIONS),
                            entry("env", Shape.map(SCALAR)),
                            entry("hooks", HOOKS),
                            entry("disableAllHooks", Shape.YES_OR_NO),
                            entry("allowManagedHooksOnly", Shape.YES_OR_NO),
                            entry("allowManagedPermissionRulesOnly", Shape.YES_OR_NO),
                            entry("sandbox", SANDBOX),
                            entry("model", Shape.TEXT),
                            entry("fallbackModel", Shape.TEXT_OR_TEXTS),
                            entry("availableModels", Shape.TEXTS),
                            entry(
                                    "effortLevel",
                                    Shape.word("low", "medium", "high", "xhigh", "max")),
                            entry("outputStyle", Shape.TEXT),
                            entry("agent", Shape.TEXT),
                            entry("apiKeyHelper", Shape.TEXT),
                            entry("awsAuthRefresh", Shape.TEXT),
                            entry("awsCredentialExport", Shape.TEXT),
                            entry("otelHeadersHelper", Shape.TEXT),
                            entry("cleanupPeriodDays", Shape.NUMBER),
                            entry("includeCoAuthoredBy", Shape.YES_OR_NO),
                            entry("attribution", Shape.ANY),
                            entry("enableAllProjectMcpServers", Shape.YES_OR_NO),
                            entry("enabledMcpjsonServers", Shape.TEXTS),
                            entry("disabledMcpjsonServers", Shape.TEXTS),
                            entry("allowedMcpServers", Shape.LIST),
                            entry("deniedMcpServers", Shape.LIST),
                            entry("enabledPlugins", Shape.OBJECT),
                            entry("extraKnownMarketplaces", Shape.OBJECT),
                            entry("strictKnownMarketplaces", Shape.LIST),
                            entry("statusLine", Shape.OBJECT),
                            entry("autoCompactEnabled", Shape.YES_OR_NO),
                            entry("autoCompactWindow", Shape.NUMBER),
                            entry("alwaysThinkingEnabled", Shape.YES_OR_NO),
                            entry("claudeMdExcludes", Shape.TEXTS),
                            entry("autoMemoryEnabled", Shape.YES_OR_NO),
                            entry("fileCheckpointingEnabled", Shape.YES_OR_NO),
                            entry("teammateMode", Shape.TEXT),
                            entry("askUserQuestionTimeout", Shape.ANY),
                            entry("forceLoginMethod", Shape.TEXT),
                            entry("forceLoginOrgUUID", Shape.ANY),
                            entry("language", Shape.TEXT),
                            entry("plansDirectory", Shape.TEXT),
                            entry("respectGitignore", Shape.YES_OR_NO),
                            entry("skillOverrides", Shape.OBJECT),
                            entry("spinnerTipsEnabled", Shape.YES_OR_NO),
                            entry("companyAnnouncements", Shape.TEXTS)));

    private Keys() {}

    private static String[] modes() {
        return java.util.stream.Stream.concat(
                        Arrays.stream(PermissionMode.values()).map(PermissionMode::wire),
                        java.util.stream.Stream.of("manual"))
                .toArray(String[]::new);
    }
}
