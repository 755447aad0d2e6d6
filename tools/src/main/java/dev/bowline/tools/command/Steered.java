package dev.bowline.tools.command;

import dev.bowline.tool.Access.Nature;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Options and operands by which programs start others, load code or write files that their name
/// doesn't tell of. A wildcard in a rule never covers these. A word is meant if it is one of the
/// table; `--long` also with a value or shortened, `x=` and `x*` by their beginning, `*x*` by
/// something in it; a word of letters only as the first operand.
final class Steered {
    private static final String TABLE =
            """
            sort | -o -o* --output --compress-program --files0-from -T --temporary-directory
            tar,bsdtar,gtar | --to-command --use-compress-program -I -I* --checkpoint-action --rsh-command --rmt-command --info-script --new-volume-script -F -F*
            cpio | --rsh-command
            zip | -TT --unzip-command
            ssh,sftp | -F -F* *proxycommand* *localcommand* *knownhostscommand* *remotecommand* *include* *provider* *proxyusefdpass*
            scp | -S -S* -F -F* *proxycommand* *localcommand* *knownhostscommand* *include* *provider*
            rsync | -e -e* --rsh --rsync-path
            man | -P -P* --pager -H -H* --html -C --config-file
            less,more,most | +* -o -O -k -k* --lesskey-file
            vi,vim,nvim,view,ex,vimdiff,gvim | -c -c* +* --cmd -S -S* -s -u -u* -U -w -W
            emacs | --eval -eval -f --funcall -l --load --script --batch -batch --execute
            nano | -C -s --speller --rcfile
            rg | --pre --pre-glob --hostname-bin -z --search-zip
            ag | --pager
            bat,batcat,delta | --pager
            curl | -K -K* --config --engine --libcurl
            wget | -e -e* --execute --config --use-askpass --input-metalink
            make,gmake | --eval -E SHELL= .SHELLFLAGS= MAKEFLAGS= MFLAGS= GNUMAKEFLAGS= MAKE= CC= CXX= LD= AR= AS= CPP= RM=
            npx | -c --call
            npm,pnpm,yarn,bun | --script-shell --node-options --shell --git --init-module --globalconfig --userconfig --use-node-version
            go | -exec -exec* --exec -toolexec -toolexec* --toolexec -vettool -vettool* -overlay -overlay* *-extld*
            cargo | --config -Z
            rustc | -Clinker* linker= -Z
            gcc,g++,cc,clang,clang++,c++ | -wrapper -B -B* -fplugin* -specs* --specs -Xclang -load
            mvn,mvnw | -Dmaven.ext.class.path* -Dexec.executable* exec:exec
            gradle,gradlew | -I -I* --init-script
            gdb,lldb | -ex -x -x* --command --eval-command -ix -iex --batch -o -O -s -S
            sqlite3 | -cmd -init *.shell* *.system* *.output* *.once* *.import* *.load* *.open* *.backup* *.save* *.excel* *.clone* *writefile(* *load_extension(* *edit(*
            psql | *\\!* *\\copy* *\\o* *\\g* *\\i* *program* -o --output -L
            mysql,mariadb | *\\!* system* --pager --tee *outfile*
            pandoc | --filter -F -F* --lua-filter -L -L* --pdf-engine --extract-media --data-dir -d --defaults
            pdflatex,latex,xelatex,lualatex,tex,pdftex | -shell-escape --shell-escape -enable-write18 --enable-write18
            split | --filter
            csplit | --prefix
            strace,ltrace | -o -o*
            tcpdump | -z -w -W --postrotate-command
            nmap | --script --datadir -oN -oX -oG -oA
            openssl | -engine -provider -provider-path -config
            file | -C --compile -z --uncompress -S --no-sandbox
            tree | -o -o* --output -R
            shuf | -o -o* --output --random-source
            yq | -i -i* --inplace --in-place --from-file -s --split-exp
            date | -s -s* --set
            hostname | -F --file -b
            ed,red | *
            crontab | *
            at,batch | *
            kubectl | --kubeconfig --plugin
            gh | alias extension
            dpkg | --pre-invoke --post-invoke --admindir --root
            apt,apt-get | -o -o* -c --config-file --option
            pip,pip3 | --global-option --install-option --config-settings
            eslint | -o --output-file
            ansible,ansible-playbook | --vault-password-file --module-path -M --ssh-common-args --ssh-extra-args
            ctags | --options --kinddef
            gpg,gpg2 | --agent-program --exec-path --photo-viewer --options --pinentry-mode
            ps | e
            """;

    /// Programs whose short options may stand in one word.
    private static final Set<String> BUNDLING =
            Set.of(
                    "sort",
                    "tar",
                    "bsdtar",
                    "gtar",
                    "scp",
                    "rsync",
                    "man",
                    "less",
                    "more",
                    "curl",
                    "wget",
                    "rg",
                    "tree",
                    "shuf",
                    "file",
                    "strace",
                    "ltrace",
                    "tcpdump",
                    "hostname");

    /// Programs whose long options can't be shortened.
    private static final Set<String> WHOLE =
            Set.of("npm", "pnpm", "yarn", "bun", "go", "cargo", "eslint", "gradle", "gradlew");

    private static final Map<String, Set<String>> WORDS = words();

    private Steered() {}

    private static Map<String, Set<String>> words() {
        var all = new HashMap<String, Set<String>>();
        for (var line : TABLE.lines().toList()) {
            int bar = line.indexOf('|');
            for (var name : line.substring(0, bar).strip().split(",", -1)) {
                all.computeIfAbsent(name, n -> new HashSet<>())
                        .addAll(List.of(line.substring(bar + 1).strip().split(" ", -1)));
            }
        }
        return all;
    }

    /// The nature that the arguments demand at least.
    static Nature least(Call call) {
        var words = WORDS.get(call.name());
        if (words == null) {
            return Nature.READS;
        }
        boolean operand = false;
        var arguments = call.arguments();
        for (int at = 0; at < arguments.size(); at++) {
            var text =
                    arguments.get(at).isKnown()
                            ? arguments.get(at).orEmpty()
                            : arguments.get(at).shape();
            if (arguments.get(at).is("--")) {
                break;
            }
            boolean first = !text.startsWith("-") && !text.startsWith("+") && !operand;
            operand |= first;
            var next = at + 1 < arguments.size() ? arguments.get(at + 1).orEmpty() : "";
            if (words.stream()
                            .filter(word -> first || !isPlain(word))
                            .anyMatch(word ->
                                    isMeant(call.name(), word, text)
                                            || isBundled(call.name(), word, text))
                    && !Mild.is(call.name(), text, next)) {
                return Nature.GUARDED;
            }
        }
        return Nature.READS;
    }

    private static boolean isPlain(String word) {
        return word.chars().allMatch(Character::isLetter);
    }

    private static boolean isMeant(String program, String word, String text) {
        if (word.equals("*")) {
            return true;
        }
        if (word.startsWith("*") && word.length() > 1) {
            return text.toLowerCase(Locale.ROOT).contains(word.substring(1, word.length() - 1));
        }
        if (word.endsWith("*")) {
            return text.startsWith(word.substring(0, word.length() - 1));
        }
        if (word.endsWith("=")) {
            return text.startsWith(word)
                    || text.startsWith(word.substring(0, word.length() - 1) + ":=")
                    || text.startsWith(word.substring(0, word.length() - 1) + "+=");
        }
        if (word.startsWith("--")) {
            int equals = text.indexOf('=');
            var name = equals < 0 ? text : text.substring(0, equals);
            return name.equals(word)
                    || !WHOLE.contains(program)
                            && name.length() > 4
                            && name.startsWith("--")
                            && word.startsWith(name);
        }
        return text.equals(word);
    }

    /// Whether a short option stands among others in one word.
    private static boolean isBundled(String program, String word, String text) {
        return BUNDLING.contains(program)
                && word.length() == 2
                && word.startsWith("-")
                && text.length() > 2
                && text.startsWith("-")
                && text.charAt(1) != '-'
                && text.substring(1).chars().allMatch(Character::isLetter)
                && text.indexOf(word.charAt(1)) > 0;
    }
}
