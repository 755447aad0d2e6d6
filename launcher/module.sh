# Finds a JDK and the build of a module, building it when needed; sourced by the commands in bench/ and conformance/, with
# root set. Progress goes to stderr.

PATH=${PATH:-/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin}
export PATH

# prepare_module MODULE: sets module, apps, jdk, jdk_version, app and class_path.
prepare_module() {
    module=$1
    apps=$root/$module/target/app
    . "$root/launcher/find-jdk.sh"
    need_jdk "${0##*/}"
    . "$root/launcher/find-app.sh"
    find_app
    if [ -z "$app" ]; then
        . "$root/launcher/build-app.sh"
        build_app
    fi
    find_class_path
}
