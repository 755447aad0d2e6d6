#!/bin/sh
# Makes the AOT cache: train.sh ROOT APP JDK VERSION FLAGS CLASS_PATH MAIN_CLASS
#
# Runs the main class, which does everything common once, in one JVM that records what it loads, in a scratch home that
# is removed afterwards, without network and without the caller's environment. The home is in APP: it outlives the
# caller, whose temporary folder may not. The result appears in APP under its name when it is complete; APP/aot.jdk names
# the JDK that it is for. A failure is recorded the same way, without a cache and with the reason in APP/training.log, so
# that it isn't repeated at each start. What is cut off leaves no record and is done again.
set -u
root=$1 app=$2 jdk=$3 version=$4 flags=$5 class_path=$6 main=$7

. "$root/launcher/lock.sh"
try_lock "$app/training" || exit 0
scratch=$app/training.scratch
trap 'rm -rf "$scratch" "$app/training" "$app/bowline.aot.new" "$app/bowline.aot.new.config"' EXIT
trap 'exit 1' INT TERM HUP
rm -rf "$scratch"
mkdir -p "$scratch/home" "$scratch/config" "$scratch/work"
cd "$scratch/work" || exit 1

# shellcheck disable=SC2086 # flags are split on purpose
env -i PATH="$PATH" HOME="$scratch/home" CLAUDE_CONFIG_DIR="$scratch/config" LANG="${LANG:-C.UTF-8}" \
    TMPDIR="$scratch" nice "$jdk/bin/java" $flags -Djava.io.tmpdir="$scratch" -XX:AOTCacheOutput="$app/bowline.aot.new" -Duser.home="$scratch/home" \
    -cp "$class_path" "$main" >"$scratch/training.log" 2>&1 </dev/null

cp "$scratch/training.log" "$app/training.log" || exit 1
if [ -s "$app/bowline.aot.new" ]; then mv -f "$app/bowline.aot.new" "$app/bowline.aot"; else rm -f "$app/bowline.aot"; fi
echo "$jdk $version" >"$app/aot.jdk.$$" && mv -f "$app/aot.jdk.$$" "$app/aot.jdk"
