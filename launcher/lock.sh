# A lock between processes: a symbolic link whose target is the owner's process id, which can be made in one step.

# lock_owner LOCK: prints the owner if it lives.
lock_owner() {
    lock_pid=$(readlink "$1" 2>/dev/null) && kill -0 "$lock_pid" 2>/dev/null && printf '%s' "$lock_pid"
}

# try_lock LOCK: takes it, or fails. What a dead process left is cleared first, by one process at a time.
try_lock() {
    ln -s "$$" "$1" 2>/dev/null && return 0
    [ -z "$(lock_owner "$1")" ] || return 1
    mkdir "$1.clearing" 2>/dev/null || return 1
    [ -n "$(lock_owner "$1")" ] || rm -f "$1"
    rmdir "$1.clearing"
    ln -s "$$" "$1" 2>/dev/null
}
