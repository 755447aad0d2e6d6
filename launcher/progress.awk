# Turns Maven's log into one line per module (its phases as they start), the errors, and the sum of all tests.
# Lines come in one at a time and are shown at once.

function end_line() {
    if (open) printf "\n"
    open = 0
}

function phase(name) {
    if (!open || name == last) return
    printf " %s", name
    last = name
    fflush()
}

BEGIN { run = failures = errors = skipped = shown = open = 0 }

/^\[INFO\] Building Bowline: / {
    end_line()
    printf "%-10s", $4
    open = 1
    last = ""
    fflush()
}

/ ?--- .*:compile / { phase("compile") }
/ ?--- .*:testCompile / { phase("compile-tests") }
/ ?--- .*surefire.*:test / { phase("test") }
/ ?--- .*:jar / { phase("package") }
/ ?--- .*javadoc.*:javadoc/ { phase("javadoc") }
/ ?--- .*spotless.*:check / { phase("format") }

/Tests run: [0-9]+, Failures: [0-9]+, Errors: [0-9]+, Skipped: [0-9]+ *$/ {
    line = $0
    gsub(/[^0-9 ]/, "", line)
    split(line, n, " ")
    run += n[1]; failures += n[2]; errors += n[3]; skipped += n[4]
    if (open) printf "(%d)", n[1]
    fflush()
}

/^(\[[A-Z]+\] )?house: / {
    end_line()
    print
    fflush()
}

# With -Werror the warning is the error.
/^\[WARNING\] .*\.java:\[[0-9]+,[0-9]+\]/ && shown < 80 {
    end_line()
    print
    shown++
    fflush()
}

# Maven's closing advice is the same each time.
/^\[ERROR\] *$/ || /\[Help 1\] http/ || /re-run Maven|Re-run Maven|For more information about the errors|After correcting|mvn <args>|See dump files/ { next }

/^\[ERROR\]/ && shown < 80 {
    end_line()
    print
    shown++
    fflush()
}

END {
    end_line()
    printf "Tests run: %d, Failures: %d, Errors: %d, Skipped: %d\n", run, failures, errors, skipped
}
