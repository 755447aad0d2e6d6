package dev.bowline.tools.command;

import dev.bowline.tool.Access.Nature;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Programs that only read, with the options with which they do. What a program reads by itself is
/// in the second column:
///
/// - `none`: nothing, and it takes no operands; `text`: nothing, operands are just text
/// - `words`: nothing, operands have to be known
/// - `files`: its operands; `one`: its only operand; `here`: its operands, or the folder it is in
/// - `grep`: operands but the first, if no option names the pattern
/// - `tree`: everything below its operands, or the folder it is in
/// - `rec:X`: as `files`, and with one of the options X everything below them. Names alone aren't
///   counted as reading what is below
record Readers(String mode, Options options) implements Knowledge {
    private static final String TABLE =
            """
            pwd | none | LP
            :,true,false | text |
            echo | text |
            whoami,logname,tty,arch,users,groups,hostid,jobs,times | none | l
            id | words | unGgrz --user --name --group --groups
            who | none | abdHlmpqrsTtu
            uname | none | asnrvmpio --all --kernel-name --kernel-release --machine --nodename --operating-system
            hostname | none | fiIsdA --fqdn --short --long --ip-address
            nproc | none | --all --ignore=
            uptime | none | ps --pretty --since
            free | none | bkmghltw --human --mega --giga
            sleep | text |
            seq | text | ws: f: -N --equal-width --separator= --format=
            expr | words |
            basename | text | az s: --multiple --suffix= --zero
            dirname | text | z --zero
            which | words | a --all
            type | words | afptP
            cal,ncal | text | 13jymhwbMSN A: B:
            getconf | words | a
            numfmt | words | d: z --from= --to= --suffix= --field= --delimiter= --header? --padding= --round= --format=
            locale | words | amck
            df | here | ahHiklmPT t: x: --human-readable --total --all --inodes --local --si --type= --output? --portability
            ps | words | AaefFlHNTuwwx o: p: C: U: g: t: --no-headers --forest --sort= --format= --ppid= --pid= --user=
            ls,dir,vdir | rec:R | aAbBcCdDfFgGhHiklLmnNopqQrRsStuUvxXZ1 w: T: I: --all --almost-all --author --escape --block-size= --color? --directory --classify? --full-time --group-directories-first --no-group --human-readable --si --hide= --hyperlink? --indicator-style= --inode --ignore= --format= --numeric-uid-gid --literal --quote-name --quoting-style= --reverse --recursive --size --sort= --time= --time-style= --tabsize= --width= --context --zero --dereference --file-type
            cat | files | AbeEnstTuv --show-all --number-nonblank --show-ends --number --squeeze-blank --show-tabs --show-nonprinting
            tac | files | br s: --before --regex --separator=
            head,tail | files | -N qvzfFr n: c: s: --lines= --bytes= --quiet --silent --verbose --zero-terminated --follow? --pid= --retry --sleep-interval=
            wc | files | clmLw --bytes --chars --lines --max-line-length --words --total=
            nl | files | pb: d: f: h: i: l: n: s: v: w: --body-numbering= --number-width= --number-format= --number-separator= --line-increment= --starting-line-number=
            rev,fold,expand,unexpand | files | absi w: t: --bytes --spaces --width= --initial --all --first-only --tabs=
            fmt,pr | files | cstuadfFJmrTv w: l: g: p: h: o: -N --crown-margin --tagged-paragraph --split-only --uniform-spacing --width= --columns=
            column | files | txneLJ c: s: o: N: H: R: l: T: W: d: --table --separator= --output-separator= --table-columns= --columns= --json
            cut | files | snz b: c: d: f: --bytes= --characters= --delimiter= --fields= --complement --only-delimited --output-delimiter= --zero-terminated
            paste | files | sz d: --delimiters= --serial --zero-terminated
            join | files | iz 1: 2: a: e: j: o: t: v: --ignore-case --check-order --nocheck-order --header --zero-terminated
            comm | files | 123iz --check-order --nocheck-order --output-delimiter= --total --zero-terminated
            cmp | files | bls i: n: --print-bytes --verbose --quiet --silent --ignore-initial= --bytes=
            tr | text | cCdst --complement --delete --squeeze-repeats --truncate-set1
            sort | files | bdfghiMnRrVcCmsuz o> k: t: S: --ignore-leading-blanks --dictionary-order --ignore-case --general-numeric-sort --human-numeric-sort --month-sort --numeric-sort --random-sort --reverse --version-sort --sort= --check? --merge --output> --key= --field-separator= --stable --buffer-size= --unique --zero-terminated --parallel= --batch-size= --debug
            uniq | one | cdDiuz f: s: w: --count --repeated --all-repeated? --skip-fields= --ignore-case --skip-chars= --unique --check-chars= --zero-terminated --group?
            shuf | one | erz o> i: n: --output> --echo --input-range= --head-count= --repeat --zero-terminated
            tsort | one |
            stat | files | Lft c: --dereference --file-system --format= --printf= --terse
            file | files | bEhikLNnrsv0 F: e: P: --brief --mime --mime-type --mime-encoding --dereference --no-dereference --keep-going --separator= --extension --raw --print0 --no-pad --no-buffer
            du | here | 0abchHkmsSxPX t: d: B: --null --all --apparent-size --block-size= --bytes --total --dereference-args --max-depth= --human-readable --inodes --no-dereference --separate-dirs --si --summarize --threshold= --time? --time-style= --exclude= --one-file-system
            tree | here | adfipqstFvrUDhxnNCACQugJX L: P: I: -N --noreport --charset= --filelimit= --dirsfirst --prune --matchdirs --ignore-case --gitignore --si --du --timefmt= --sort= --inodes --device --info --nolinks
            diff,sdiff,colordiff | rec:r,--recursive | abBcdeEiNnpqrstuwyZ C: U: W: I: F: x: S: --brief --report-identical-files --context? --unified? --ed --normal --rcs --side-by-side --width= --left-column --suppress-common-lines --show-c-function --show-function-line= --label= --expand-tabs --initial-tab --recursive --new-file --exclude= --ignore-case --ignore-tab-expansion --ignore-trailing-space --ignore-space-change --ignore-all-space --ignore-blank-lines --ignore-matching-lines= --text --strip-trailing-cr --minimal --speed-large-files --color? --no-dereference
            md5sum,sha1sum,sha224sum,sha256sum,sha384sum,sha512sum,b2sum,cksum,sum,md5 | files | btzrsq a: l: --binary --text --tag --zero --algorithm= --length=
            shasum | files | btp0 a: --algorithm= --binary --text
            base64,base32 | one | di w: --decode --ignore-garbage --wrap=
            xxd | one | abceEipru c: g: l: o: s: --bits --plain --include --uppercase
            hexdump,hd | files | bcCdovx e: n: s: --canonical --length= --skip= --no-squeezing
            od | files | abcdfhiloDFHILOsXxvB A: j: N: t: w? S: --address-radix= --skip-bytes= --read-bytes= --format= --output-duplicates --width? --strings? --endian=
            strings | files | afow n: t: e: s: d -N --all --print-file-name --bytes= --radix= --encoding=
            realpath | names | eEmLPsqz --canonicalize-existing --canonicalize-missing --logical --physical --quiet --strip --no-symlinks --relative-to= --relative-base= --zero
            readlink | names | femnqsvz --canonicalize --canonicalize-existing --canonicalize-missing --no-newline --quiet --silent --verbose --zero
            grep,egrep,fgrep | grep:r,--recursive | abcEFGHhiLlnoPqrsTuUvVwxyzZI -N A: B: C: m: e: d: D: f< --extended-regexp --fixed-strings --basic-regexp --perl-regexp --regexp= --file< --ignore-case --no-ignore-case --word-regexp --line-regexp --null-data --no-messages --invert-match --version --help --max-count= --byte-offset --line-number --line-buffered --with-filename --no-filename --label= --only-matching --quiet --silent --binary-files= --text --directories= --devices= --recursive --include= --exclude= --exclude-from< --exclude-dir= --files-without-match --files-with-matches --count --initial-tab --null --before-context= --after-context= --context= --color? --colour?
            rg | rg: | acFHhIilnNoPpqSsUvVwxu0 A: B: C: E: g: j: M: m: r: t: T: e: f< d: --files --hidden --no-hidden --ignore-case --case-sensitive --smart-case --line-number --no-line-number --count --count-matches --files-with-matches --files-without-match --fixed-strings --multiline --multiline-dotall --no-heading --heading --no-ignore --no-ignore-vcs --no-ignore-parent --only-matching --vimgrep --word-regexp --line-regexp --json --stats --pcre2 --null --pretty --quiet --text --trim --unrestricted --with-filename --no-filename --column --no-column --passthru --no-messages --no-config --no-require-git --one-file-system --type-list --version --debug --glob= --iglob= --type= --type-not= --max-count= --context= --before-context= --after-context= --color= --colors= --sort= --sortr= --max-depth= --maxdepth= --max-filesize= --max-columns= --max-columns-preview --replace= --regexp= --file< --encoding= --threads= --invert-match --crlf --block-buffered --line-buffered --no-mmap --mmap --context-separator= --field-match-separator= --path-separator= --type-add=
            fd,fdfind | fd: | HIuspaglF0qv -N d: t: e: E: S: c: j: --hidden --no-ignore --no-ignore-vcs --unrestricted --case-sensitive --ignore-case --glob --regex --fixed-strings --absolute-path --list-details --full-path --print0 --max-depth= --min-depth= --exact-depth= --exclude= --prune --type= --extension= --size= --changed-within= --changed-before= --owner= --max-results= --color= --threads= --quiet --show-errors --strip-cwd-prefix --one-file-system --version
            tokei,cloc,scc | tree | f --files --by-file
            jq | jq:--arg,--argjson | cCnrjaSesRM --compact-output --null-input --raw-input --slurp --raw-output --raw-output0 --join-output --ascii-output --sort-keys --color-output --monochrome-output --tab --indent= --stream --seq --exit-status
            """;

    static Map<String, Knowledge> all() {
        var all = new HashMap<String, Knowledge>();
        for (var line : TABLE.lines().toList()) {
            var columns = line.split("\\|", -1);
            var readers = new Readers(columns[1].strip(), Options.of(columns[2]));
            for (var name : columns[0].strip().split(",", -1)) {
                all.put(name, readers);
            }
        }
        return all;
    }

    @Override
    public Verdict judge(Call call) {
        if (call.name().matches("echo|:|true|false|basename|dirname|sleep|seq")) {
            return printed(call);
        }
        if (call.name().equals("ps")
                && (call.has("e")
                        || call.arguments().stream()
                                .limit(1)
                                .anyMatch(word -> word.orEmpty().matches("[a-zA-Z]*e[a-zA-Z]*")))) {
            return Verdict.of(Nature.PLAIN);
        }
        var taken = options.take(mode.startsWith("jq") ? withoutPairs(call) : call.arguments());
        var touched = new Touched(call);
        taken.reads().forEach(touched::reads);
        taken.writes().forEach(touched::writes);
        boolean fits = operands(taken, touched) && taken.known();
        return Verdict.of(
                fits && touched.isComplete() && taken.writes().isEmpty()
                        ? Nature.READS
                        : Nature.PLAIN,
                touched.files());
    }

    /// Programs that show their words and read nothing: only a pattern tells what is in a folder.
    static Verdict printed(Call call) {
        var touched = new Touched(call);
        for (var word : call.arguments()) {
            var text = word.orEmpty();
            int slash =
                    word.matches() == null ? -1 : text.replaceAll("[*?\\[].*", "").lastIndexOf('/');
            if (slash >= 0) {
                touched.reads(text.substring(0, slash + 1));
            }
        }
        return Verdict.of(Nature.READS, touched.files());
    }

    /// Programs for which every word is just text, if it is one word: what is split may be options.
    static Verdict judgeText(List<Argument> arguments) {
        return Verdict.of(
                arguments.stream()
                                .allMatch(word ->
                                        word.isKnown()
                                                ? word.matches() == null
                                                : word.inert() && word.one())
                        ? Nature.READS
                        : Nature.PLAIN);
    }

    private boolean operands(Options.Taken taken, Touched touched) {
        var operands = taken.operands();
        int colon = mode.indexOf(':');
        return switch (colon < 0 ? mode : mode.substring(0, colon)) {
            case "none" -> operands.isEmpty();
            case "text", "words" -> operands.stream().allMatch(Argument::isKnown);
            case "names" -> {
                operands.forEach(touched::reads);
                yield true;
            }
            case "files" -> files(operands, touched);
            case "one" -> {
                skip(operands, 1).forEach(touched::writes);
                yield files(operands, touched) && operands.size() <= 1 && !isPattern(operands);
            }
            case "here" -> files(operands.isEmpty() ? Argument.all(".") : operands, touched);
            case "tree" -> tree(operands, touched);
            case "rec" -> recursive(operands, taken, touched);
            case "grep" -> grep(taken, touched);
            case "rg" -> rg(taken, touched);
            case "fd" ->
                    files(operands.size() > 1 ? skip(operands, 1) : Argument.all("."), touched);
            case "jq" -> jq(operands, touched);
            default -> throw new IllegalStateException("no mode " + mode);
        };
    }

    private static boolean isPattern(List<Argument> operands) {
        return operands.stream().anyMatch(operand -> operand.matches() != null);
    }

    private static boolean files(List<Argument> operands, Touched touched) {
        operands.stream().filter(operand -> !operand.is("-")).forEach(touched::reads);
        return true;
    }

    private static boolean tree(List<Argument> operands, Touched touched) {
        (operands.isEmpty() ? Argument.all(".") : operands).forEach(touched::scans);
        return true;
    }

    private boolean recursive(List<Argument> operands, Options.Taken taken, Touched touched) {
        boolean below =
                taken.has(
                        mode.equals("rec:R")
                                ? new String[] {"-R", "--recursive"}
                                : new String[] {"-r", "--recursive"});
        boolean listing = mode.equals("rec:R");
        var named = operands.isEmpty() && listing ? Argument.all(".") : operands;
        if (below && !listing && !Listing.of(touched.call(), named, true).inside()) {
            touched.incomplete();
        }
        return below && !listing ? tree(named, touched) : files(named, touched);
    }

    private static boolean grep(Options.Taken taken, Touched touched) {
        boolean named = taken.has("-e", "--regexp", "-f", "--file");
        var operands = named ? taken.operands() : skip(taken.operands(), 1);
        boolean below =
                taken.has("-r", "--recursive")
                        || isText(taken, "-d", "recurse")
                        || isText(taken, "--directories", "recurse");
        if (!named && isPattern(taken.operands().stream().limit(1).toList())) {
            touched.incomplete();
        }
        return below ? tree(operands, touched) : files(operands, touched);
    }

    private static boolean isText(Options.Taken taken, String option, String text) {
        var value = taken.values().get(option);
        return value != null && value.is(text);
    }

    private static boolean rg(Options.Taken taken, Touched touched) {
        boolean named = taken.has("-e", "--regexp", "-f", "--file", "--files", "--type-list");
        return tree(named ? taken.operands() : skip(taken.operands(), 1), touched);
    }

    /// Without the options that take a name and a text.
    private static List<Argument> withoutPairs(Call call) {
        var rest = new ArrayList<Argument>();
        var arguments = call.arguments();
        for (int i = 0; i < arguments.size(); i++) {
            boolean pair = arguments.get(i).is("--arg") || arguments.get(i).is("--argjson");
            if (pair && i + 2 < arguments.size()) {
                i += 2;
            } else {
                rest.add(arguments.get(i));
            }
        }
        return rest;
    }

    private static boolean jq(List<Argument> operands, Touched touched) {
        if (operands.isEmpty()) {
            return false;
        }
        var program = operands.getFirst();
        files(skip(operands, 1), touched);
        return program.matches() == null
                && program.isKnown()
                && List.of("import", "include", "env", "ENV", "input_filename", "get_search_list")
                        .stream()
                        .noneMatch(program.orEmpty()::contains);
    }

    private static List<Argument> skip(List<Argument> list, int count) {
        return list.subList(Math.min(count, list.size()), list.size());
    }
}
