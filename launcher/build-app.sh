# Builds what ./bowline or a command of another module starts; sourced when there is no build of the present sources, with
# module set to cli, bench or conformance. Progress and errors go to stderr. Two starts at once build once: the second waits.

. "$root/launcher/lock.sh"
lock=$root/target/building
log=$root/target/launcher-build.log

build_app() {
    mkdir -p "$root/target" || exit 1
    waited=0
    until try_lock "$lock"; do
        [ "$waited" -gt 0 ] || echo "bowline: another start is building, waiting for it" >&2
        waited=$((waited + 1))
        if [ "$waited" -gt 3000 ]; then
            echo "bowline: gave up after ten minutes of waiting for process $(lock_owner "$lock") to build: end it, or remove $lock" >&2
            exit 1
        fi
        sleep 0.2
    done
    trap 'rm -f "$lock"' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
    find_app
    [ -n "$app" ] || make_app
    rm -f "$lock"
    trap - EXIT INT TERM HUP
}

make_app() {
    if ! command -v mvn >/dev/null; then
        echo "bowline: Maven is needed to build and is not on PATH: install it (Debian: apt-get install maven) and try again" >&2
        exit 1
    fi
    if [ -e "$apps/current" ]; then
        echo "bowline: sources changed, building" >&2
    else
        echo "bowline: first use, building (about half a minute; a first download of libraries takes longer)" >&2
    fi
    id=$(date +%Y%m%d-%H%M%S)-$$
    app=$apps/$id
    mkdir -p "$app" || exit 1
    : >"$app/stamp.new"
    rm -rf "$root/$module/target/lib"
    if ! run_maven; then
        rm -rf "$app"
        echo "bowline: the build failed; the end of $log:" >&2
        tail -n 30 "$log" >&2
        exit 1
    fi
    if ! fill_app; then
        rm -rf "$app"
        echo "bowline: could not write the build to $apps: is the disk full?" >&2
        exit 1
    fi
    forget_old_apps
}

# Names each module as Maven reaches it; everything else is in the log.
run_maven() {
    rm -f "$log.status"
    {
        cd "$root" && JAVA_HOME=$jdk mvn -B -Dmaven.test.skip=true -pl "$module" -am package 2>&1 </dev/null
        echo $? >"$log.status"
    } | tee "$log" | while IFS= read -r line; do
        case $line in
            "[INFO] Building Bowline: "*)
                line=${line#*: }
                echo "bowline: building ${line%% *}" >&2
                ;;
        esac
    done
    built=1
    read -r built <"$log.status"
    rm -f "$log.status"
    return "$built"
}

fill_app() {
    cp -p "$root/$module/target/bowline-$module"-*.jar "$root/$module"/target/lib/*.jar "$app" || return 1
    list_inputs >"$app/inputs" || return 1
    if [ "$module" = cli ]; then
        find_class_path
        for flag in --version -v; do
            "$jdk/bin/java" -XX:TieredStopAtLevel=1 -cp "$class_path" dev.bowline.cli.Main "$flag" 2>/dev/null </dev/null || break
        done >"$app/version"
    fi
    mv "$app/stamp.new" "$app/stamp" && echo "$id" >"$apps/current.$$" && mv -f "$apps/current.$$" "$apps/current"
}

# The folders behind the jars: one module per bowline-*.jar, found by its artifact's name.
list_inputs() {
    printf 'pom.xml'
    for pom in "$root"/*/pom.xml "$root"/*/*/pom.xml; do
        [ -r "$pom" ] || continue
        folder=${pom%/pom.xml}
        artifact=$(sed -n 's:^    <artifactId>\(.*\)</artifactId>.*:\1:p' "$pom" | head -n 1)
        for jar in "$app/$artifact"-[0-9]*.jar; do
            [ -e "$jar" ] || continue
            folder=${folder#"$root"/}
            printf ' %s/pom.xml %s/src/main' "$folder" "$folder"
        done
    done
    echo
}

# Keeps the newest three: a process started from an older one has opened its jars by now. Without a stamp it is the
# rest of a build that was killed.
forget_old_apps() {
    for old in "$apps"/[0-9]*; do [ -e "$old/stamp" ] || rm -rf "$old"; done
    # shellcheck disable=SC2012 # names are dates
    ls -1 "$apps" | sed -n '/^[0-9]/p' | sort -r | sed '1,3d' | while IFS= read -r old; do rm -rf "${apps:?}/$old"; done
}
