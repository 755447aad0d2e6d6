package dev.bowline.tools.command;

import dev.bowline.tool.Access.Nature;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// Programs that are asked for their version or how to use them, and nothing else. The second
/// column has the questions, the third the files of a project that could make them run something of
/// the project's.
final class Versions {
    private static final String TABLE =
            """
            node,deno | --version -v |
            npm | --version -v |
            java | -version --version |
            javac,jar,jshell | --version -version |
            kotlinc,scala,scalac,groovy | -version --version |
            python,python2,python3 | --version -V |
            pip,pip3 | --version -V |
            ruby,gem,perl,php,lua,R,ghc,ocaml,elixir,erl,swift,julia,zig | --version -v |
            gcc,g++,clang,clang++,cc,make,cmake,ninja,ld,gdb | --version |
            rustc,cargo,rustup | --version -V | rust-toolchain rust-toolchain.toml
            go | version | go.mod go.work
            mvn | -v --version | .mvn
            gradle,tsc,npx,kubectl,terraform,helm,split,head,tail,wc,cut,uniq,tr,tee | --version |
            docker,podman | --version -v |
            git,gh,svn,hg | --version |
            curl,wget,jq,yq,tar,zip,unzip,ssh,rsync,openssl,vim,nano,tmux,screen,less,sqlite3,psql,mysql,redis-cli | --version -V |
            bash,zsh,sh,fish | --version |
            grep,sed,awk,gawk,find,sort,ls,cat,diff,rg,fd,xargs,env,timeout,cp,mv,rm,mkdir | --version |
            uv,poetry,pipx,black,ruff,mypy,flake8 | --version |
            """;

    private record Question(Set<String> questions, Set<String> files) {}

    private static final Map<String, Question> QUESTIONS = questions();

    private Versions() {}

    private static Map<String, Question> questions() {
        var all = new HashMap<String, Question>();
        for (var line : TABLE.lines().toList()) {
            var columns = line.split("\\|", -1);
            var files = columns[2].strip();
            var question =
                    new Question(
                            Set.of(columns[1].strip().split(" ", -1)),
                            files.isEmpty() ? Set.of() : Set.of(files.split(" ", -1)));
            for (var name : columns[0].strip().split(",", -1)) {
                all.put(name, question);
            }
        }
        return all;
    }

    /// Whether a call does nothing but print a version.
    static boolean isAsked(Call call) {
        var question = QUESTIONS.get(call.name());
        return question != null
                && call.arguments().size() == 1
                && (question.questions().contains(call.arguments().getFirst().orEmpty())
                        || call.arguments().getFirst().is("--help"))
                && call.arguments().getFirst().matches() == null
                && question.files().stream().noneMatch(call.disk()::hasAbove);
    }

    static Verdict asked() {
        return Verdict.of(Nature.READS);
    }
}
