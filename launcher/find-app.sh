# Finds the build that a launcher starts; sourced by ./bowline and module.sh, with root and apps set.

# Sets app to the build of these sources, or to nothing.
find_app() {
    app=
    if [ -r "$apps/current" ]; then IFS= read -r app <"$apps/current"; fi
    [ -n "$app" ] && [ -r "$apps/$app/stamp" ] || { app= && return 0; }
    app=$apps/$app
    IFS= read -r inputs <"$app/inputs"
    # shellcheck disable=SC2086 # a list of folders without blanks
    newer=$(cd "$root" && find $inputs -newer "$app/stamp" -print -quit 2>&1)
    [ -z "$newer" ] || app=
}

# Sets class_path to the jars of app.
find_class_path() {
    class_path=
    for jar in "$app"/*.jar; do class_path=$class_path:$jar; done
    class_path=${class_path#:}
}
