package dev.bowline.tools.command;

import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What variables do to the programs that see them.
final class Variables {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /// These change what a program says or how it looks, not what it does or which one it is.
    private static final Set<String> SAFE =
            Set.of(
                    "LANG",
                    "LANGUAGE",
                    "TZ",
                    "NO_COLOR",
                    "FORCE_COLOR",
                    "CLICOLOR",
                    "CLICOLOR_FORCE",
                    "COLORTERM",
                    "TERM",
                    "COLUMNS",
                    "LINES",
                    "CI",
                    "NODE_ENV",
                    "RAILS_ENV",
                    "RACK_ENV",
                    "APP_ENV",
                    "FLASK_ENV",
                    "GO111MODULE",
                    "CGO_ENABLED",
                    "GOOS",
                    "GOARCH",
                    "GOARM",
                    "DEBUG",
                    "VERBOSE",
                    "LOG_LEVEL",
                    "RUST_LOG",
                    "RUST_BACKTRACE",
                    "RUST_LIB_BACKTRACE",
                    "PYTHONUNBUFFERED",
                    "PYTHONDONTWRITEBYTECODE",
                    "PYTHONHASHSEED",
                    "PYTHONIOENCODING",
                    "PYTHONUTF8",
                    "PYTEST_DISABLE_PLUGIN_AUTOLOAD",
                    "CARGO_TERM_COLOR",
                    "PORT",
                    "DEBIAN_FRONTEND",
                    "GREP_COLORS",
                    "LS_COLORS",
                    "TIME_STYLE",
                    "BLOCK_SIZE",
                    "POSIXLY_CORRECT",
                    "HUSKY",
                    "TF_IN_AUTOMATION",
                    "NEXT_TELEMETRY_DISABLED",
                    "DOTNET_CLI_TELEMETRY_OPTOUT",
                    "DO_NOT_TRACK",
                    "GIT_OPTIONAL_LOCKS",
                    "GIT_TERMINAL_PROMPT",
                    "HOMEBREW_NO_AUTO_UPDATE",
                    "NODE_NO_WARNINGS");

    /// These choose files to load, folders to look in, programs to start, or how words are read:
    /// the shell, the loader, pagers and editors, git, interpreters, the JVM, build tools.
    private static final Set<String> STEERING =
            Set.of(
                    "PATH",
                    "IFS",
                    "HOME",
                    "PWD",
                    "OLDPWD",
                    "CDPATH",
                    "BASH_ENV",
                    "ENV",
                    "SHELLOPTS",
                    "BASHOPTS",
                    "PROMPT_COMMAND",
                    "PS0",
                    "PS1",
                    "PS2",
                    "PS3",
                    "PS4",
                    "GLOBIGNORE",
                    "EXECIGNORE",
                    "FIGNORE",
                    "POSIXLY_STRICT",
                    "BASH_XTRACEFD",
                    "BASH_LOADABLES_PATH",
                    "BASH_COMPAT",
                    "HISTFILE",
                    "SHELL",
                    "INPUTRC",
                    "MAIL",
                    "MAILPATH",
                    "PAGER",
                    "MANPAGER",
                    "MANOPT",
                    "MANPATH",
                    "LESS",
                    "LESSOPEN",
                    "LESSCLOSE",
                    "LESSKEY",
                    "MORE",
                    "EDITOR",
                    "VISUAL",
                    "FCEDIT",
                    "BROWSER",
                    "SUDO_ASKPASS",
                    "SUDO_EDITOR",
                    "SSH_ASKPASS",
                    "SSH_AUTH_SOCK",
                    "RSYNC_RSH",
                    "CVS_RSH",
                    "GCONV_PATH",
                    "LOCPATH",
                    "NLSPATH",
                    "TERMINFO",
                    "TERMINFO_DIRS",
                    "TERMCAP",
                    "MAGIC",
                    "TMPDIR",
                    "TAR_OPTIONS",
                    "GZIP",
                    "BZIP2",
                    "XZ_OPT",
                    "XZ_DEFAULTS",
                    "ZSTD_CLEVEL",
                    "ZIPOPT",
                    "UNZIP",
                    "RIPGREP_CONFIG_PATH",
                    "CLASSPATH",
                    "JAVA_HOME",
                    "_JAVA_OPTIONS",
                    "PERLLIB",
                    "RUBYLIB",
                    "RUBYOPT",
                    "RUBYPATH",
                    "GEM_HOME",
                    "GEM_PATH",
                    "CC",
                    "CXX",
                    "LD",
                    "AR",
                    "AS",
                    "CPP",
                    "MAKE",
                    "MAKEFLAGS",
                    "MFLAGS",
                    "MAKEFILES",
                    "GNUMAKEFLAGS",
                    "GOFLAGS",
                    "GOPATH",
                    "GOROOT",
                    "GOBIN",
                    "GOPROXY",
                    "RUSTC",
                    "RUSTFLAGS",
                    "RUSTC_WRAPPER",
                    "RUSTDOC",
                    "RUSTUP_TOOLCHAIN",
                    "CARGO_HOME",
                    "AWKPATH",
                    "AWKLIBPATH",
                    "WGETRC",
                    "CURL_HOME",
                    "DOCKER_HOST",
                    "DOCKER_CONFIG",
                    "KUBECONFIG",
                    "VIMINIT",
                    "EXINIT",
                    "GVIMINIT",
                    "VIM",
                    "VIMRUNTIME",
                    "ZDOTDIR",
                    "FPATH",
                    "XDG_CONFIG_HOME",
                    "HTTP_PROXY",
                    "HTTPS_PROXY",
                    "ALL_PROXY",
                    "http_proxy",
                    "https_proxy",
                    "all_proxy",
                    "PSQLRC",
                    "SQLITE_HISTORY",
                    "FZF_DEFAULT_COMMAND",
                    "FZF_DEFAULT_OPTS",
                    "FCITX",
                    "BAT_PAGER",
                    "BAT_CONFIG_PATH",
                    "GLIBC_TUNABLES",
                    "OPENSSL_CONF",
                    "OPENSSL_ENGINES",
                    "OPENSSL_MODULES",
                    "SSL_CERT_FILE",
                    "COMSPEC",
                    "RPROMPT",
                    "READNULLCMD",
                    "NULLCMD",
                    "CONFIG_SHELL",
                    "SUDO_PS1",
                    "histchars",
                    "TIMEFORMAT",
                    "COMP_WORDBREAKS",
                    "JOURNAL_PAGER",
                    "SYSTEMD_PAGER",
                    "SYSTEMD_EDITOR",
                    "GH_PAGER",
                    "GH_EDITOR",
                    "GH_BROWSER",
                    "AWS_PAGER",
                    "DELTA_PAGER");

    private static final Pattern STEERING_FAMILY =
            Pattern.compile(
                    "(LD_|DYLD_|GIT_|BASH_FUNC_|MALLOC_|PYTHON|PERL5|NODE_|npm_config_|NPM_CONFIG_|YARN_|PNPM_|COREPACK_"
                            + "|MAVEN_|GRADLE_|SBT_|JDK_JAVA_|JAVA_TOOL_|CARGO_|RUSTC_|RUBY|BUNDLE_|PIP_|UV_|POETRY_|VIRTUAL_ENV"
                            + "|CONDA_|COMPOSER_|DOTNET_|CORECLR_|COR_|ELECTRON_|DENO_|BUN_|JEST_|LUA_|GUILE_|TCL|R_|KSH_|ZSH).*");

    private Variables() {}

    static boolean isName(@Nullable String text) {
        return text != null && NAME.matcher(text).matches();
    }

    static boolean isSafe(String name) {
        return SAFE.contains(name) || name.startsWith("LC_");
    }

    /// The same, for a value: pagers that only copy and editors that do nothing are safe.
    static boolean isSafe(String name, Value value) {
        var text =
                value.items().size() == 1 ? value.items().getFirst() : Argument.unknown("", false);
        return isSafe(name)
                || name.matches("(GIT_|MAN|GH_|AWS_|BAT_|SYSTEMD_)?PAGER")
                        && (text.is("cat") || text.is(""))
                || name.matches("(GIT_)?(SEQUENCE_)?EDITOR|VISUAL")
                        && (text.is("true") || text.is(":"));
    }

    static boolean steers(String name) {
        return !isSafe(name)
                && (STEERING.contains(name) || STEERING_FAMILY.matcher(name).matches());
    }
}
