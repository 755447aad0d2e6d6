# Finds a JDK and the build of the bench module, building it when needed; sourced by the commands in bench/.
# prepare_app sets root, jdk, jdk_version, app and class_path. Progress goes to stderr.

prepare_app() {
    PATH=${PATH:-/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin}
    export PATH
    case $0 in
        */*) root=${0%/*}/.. ;;
        *) root=.. ;;
    esac
    root=$(cd "$root" && pwd -P) || exit 1
    module=bench
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
