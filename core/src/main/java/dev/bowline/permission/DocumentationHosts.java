package dev.bowline.permission;

import java.util.Set;

/// Sites that need no permission to be read: reference documentation of languages and common tools,
/// published by those who make them, where nobody but they can see or add anything. Rules that deny
/// or ask come first. Only over https at its usual port, so that nobody in between reads along.
///
/// Package registries, forges and hosting services are not here: what is asked of them can be seen
/// by others.
final class DocumentationHosts {
    private static final Set<String> HOSTS =
            Set.of(
                    "dev.java",
                    "dev.mysql.com",
                    "developer.mozilla.org",
                    "doc.rust-lang.org",
                    "docs.djangoproject.com",
                    "docs.gradle.org",
                    "docs.oracle.com",
                    "docs.python.org",
                    "docs.spring.io",
                    "docs.swift.org",
                    "en.cppreference.com",
                    "git-scm.com",
                    "go.dev",
                    "kotlinlang.org",
                    "kubernetes.io",
                    "learn.microsoft.com",
                    "maven.apache.org",
                    "nodejs.org",
                    "pkg.go.dev",
                    "react.dev",
                    "www.php.net",
                    "www.postgresql.org",
                    "www.sqlite.org",
                    "www.typescriptlang.org");

    private DocumentationHosts() {}

    /// @param url in the form that [dev.bowline.tool.Access.Contacts] has
    static boolean hold(String url) {
        return HostPattern.host(url)
                .filter(HOSTS::contains)
                .map(host ->
                        url.equals("https://" + host) || url.startsWith("https://" + host + "/"))
                .orElse(false);
    }
}
