# Finds a JDK 25 or newer; sourced by ./bowline and ./build.
#
# Sets jdk to its home and jdk_version to its version, or jdk to nothing and jdk_best to the newest one that was too old. Order: JAVA_HOME, the java on
# PATH, then the usual folders, where the lowest version that will do wins (it is the one everything is tested with).
# Versions are read from the `release` file, so nothing is started. BOWLINE_JDK_FOLDERS replaces the usual folders
# (separated by colons).

jdk_least=25

# read_jdk_version HOME: sets version (25.0.3+9) and major (25), 0 when HOME is no JDK with a compiler.
read_jdk_version() {
    version= major=0
    [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
    while IFS= read -r jdk_line; do
        case $jdk_line in
            JAVA_RUNTIME_VERSION=* | JAVA_VERSION=*)
                jdk_line=${jdk_line#*=\"}
                version=${jdk_line%%\"*}
                case $jdk_line in *+*) break ;; esac
                ;;
        esac
    done <"$1/release"
    major=${version%%[!0-9]*}
    major=${major:-0}
}

jdk_consider() {
    read_jdk_version "$1"
    [ "$major" -gt 0 ] || return 0
    if [ "$major" -lt "$jdk_least" ]; then
        [ "$major" -le "$jdk_best_major" ] || { jdk_best_major=$major jdk_best="$version in $1"; }
    elif [ -z "$jdk" ] || [ "$major" -lt "$jdk_major" ]; then
        jdk=$1 jdk_major=$major jdk_version=$version
    fi
}

# jdk_home_of FILE: the JDK whose bin folder really holds FILE.
jdk_home_of() {
    jdk_file=$(readlink -f "$1" 2>/dev/null) || jdk_file=$1
    jdk_bin=${jdk_file%/*}
    printf '%s' "${jdk_bin%/*}"
}

find_jdk() {
    jdk= jdk_version= jdk_best= jdk_best_major=0
    if [ -n "${JAVA_HOME:-}" ]; then jdk_consider "${JAVA_HOME%/}"; fi
    if [ -z "$jdk" ] && jdk_on_path=$(command -v java); then jdk_consider "$(jdk_home_of "$jdk_on_path")"; fi
    [ -z "$jdk" ] || return 0
    jdk_user=${HOME:-$(eval "echo ~$(id -un 2>/dev/null)")}
    jdk_folders=${BOWLINE_JDK_FOLDERS-/usr/lib/jvm:/usr/lib64/jvm:/usr/java:/usr/local/java:/opt:/opt/java:$jdk_user/.sdkman/candidates/java:$jdk_user/.jdks:/Library/Java/JavaVirtualMachines:$jdk_user/Library/Java/JavaVirtualMachines:/opt/homebrew/opt}
    jdk_ifs=$IFS IFS=:
    # shellcheck disable=SC2086 # the folders are split on purpose
    set -- $jdk_folders
    IFS=$jdk_ifs
    for jdk_folder; do
        for jdk_home in "$jdk_folder"/*; do
            case $jdk_home in
                */current | */default-java) continue ;;
            esac
            if [ -x "$jdk_home/Contents/Home/bin/java" ]; then jdk_home=$jdk_home/Contents/Home; fi
            if [ -x "$jdk_home/libexec/openjdk.jdk/Contents/Home/bin/java" ]; then jdk_home=$jdk_home/libexec/openjdk.jdk/Contents/Home; fi
            jdk_consider "$jdk_home"
        done
    done
}

# need_jdk NAME: finds one or says what to do and exits with 1.
need_jdk() {
    find_jdk
    [ -z "$jdk" ] || return 0
    echo "$1: needs a JDK $jdk_least or newer and found ${jdk_best:-none} (looked at JAVA_HOME, PATH and the usual folders such as /usr/lib/jvm): install one, for example from https://adoptium.net, or set JAVA_HOME to it." >&2
    exit 1
}
