# Finds a JDK, builds the fake API's server, and installs the npm package; sourced by the commands in conformance/.
# prepare sets root, jdk, app and class_path. Progress goes to stderr.

prepare() {
    root=$(cd "${0%/*}/.." && pwd -P) || exit 1
    . "$root/launcher/module.sh"
    for need in node npm; do
        command -v $need >/dev/null && continue
        echo "${0##*/}: $need is not on PATH: install Node.js 20 or newer and try again" >&2
        exit 2
    done
    prepare_module conformance
    CONFORMANCE_JAVA=$jdk/bin/java
    CONFORMANCE_CLASS_PATH=$class_path
    export CONFORMANCE_JAVA CONFORMANCE_CLASS_PATH
}

# install FOLDER [npm option]: the packages of package.json into FOLDER/node_modules, unless they are there.
install() {
    wanted=$(cksum <"$root/conformance/package.json")
    if [ "$(cat "$1/node_modules/.conformance" 2>/dev/null)" = "$wanted" ]; then return 0; fi
    echo "${0##*/}: installing the npm packages into $1/node_modules" >&2
    mkdir -p "$1"
    [ "$1" = "$root/conformance" ] || cp "$root/conformance/package.json" "$1/"
    if ! (cd "$1" && npm install ${2-} --ignore-scripts --no-audit --no-fund --no-package-lock --silent </dev/null >&2); then
        echo "${0##*/}: npm could not install the packages of conformance/package.json" >&2
        exit 2
    fi
    printf '%s' "$wanted" >"$1/node_modules/.conformance"
}
