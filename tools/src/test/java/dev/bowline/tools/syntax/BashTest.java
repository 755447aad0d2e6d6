package dev.bowline.tools.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BashTest {
    static Script program(String text) {
        return assertInstanceOf(Parsed.Program.class, Bash.parse(text), text).script();
    }

    private static Node.Simple simple(String text) {
        return assertInstanceOf(Node.Simple.class, program(text).nodes().getFirst());
    }

    private static List<String> texts(String text) {
        List<String> texts = new ArrayList<>();
        simple(text).words().forEach(word -> texts.add(word.text()));
        return texts;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "ls -l 'a b' | ls,-l,a b",
                "r\"m\" -r''f \\x | rm,-rf,x",
                "\\rm \"-rf\" | rm,-rf",
                "echo $'a\\tb\\x21\\u00e9' | echo,a\tb!é",
                "echo a#b 'c'#d #e | echo,a#b,c#d",
                "git commit -m \"it's\" | git,commit,-m,it's",
                "echo \"a\\$b\\c\" | echo,a$b\\c",
                "echo {a,b} | echo,{a,b}",
                "awk '{print $1}' f | awk,{print $1},f",
                "grep -E '^(a)$' f | grep,-E,^(a)$,f",
                "find . -name \\*.java | find,.,-name,*.java",
                "echo a=b c+=d | echo,a=b,c+=d",
                "time -x ls | -x,ls",
                "echo if then done } | echo,if,then,done,}",
            })
    void wordsAreWhatStaysWhenTheQuotesAreGone(String line, String words) {
        Node node = program(line).nodes().getFirst();
        if (node instanceof Node.Pipeline pipeline) {
            node = pipeline.parts().getFirst();
        }
        List<String> texts = new ArrayList<>();
        assertInstanceOf(Node.Simple.class, node).words().forEach(word -> texts.add(word.text()));
        assertEquals(words, String.join(",", texts));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$x", "\"$x\"", "a$(b)", "`b`", "*.txt", "a?", "[ab]", "~", "~/x", "a=~", "$((1))",
                "<(a)", "${x:-a}", "$1", "$@", "a=b:~/c"
            })
    void aWordThatDependsOnAnythingHasNoText(String word) {
        assertNull(texts("echo " + word).get(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"'*'", "\\*", "a[", "]", "a~", "'~'", "$", "a=b~", "--x=~", "{}", "^", "!"})
    void aWordThatOnlyLooksSoHasAText(String word) {
        assertEquals(word.replace("'", "").replace("\\", ""), texts("echo " + word).get(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "ls >f ! null WRITE f",
                "ls 2>>f ! 2 APPEND f",
                "ls &>f ! null WRITE_BOTH f",
                "ls &>>f ! null APPEND_BOTH f",
                "ls >|f ! null CLOBBER f",
                "ls <>f ! null READ_WRITE f",
                "ls 2>&1 ! 2 DUPLICATE_OUTPUT 1",
                "ls >& f ! null DUPLICATE_OUTPUT f",
                "ls <&- ! null DUPLICATE_INPUT -",
                "ls {fd}<f ! fd READ f",
                "ls <<<f ! null HERE_STRING f",
                ">f ls ! null WRITE f",
                "ls 12>f ! 12 WRITE f",
            })
    void redirectionsKnowDescriptorKindAndTarget(String line, String expected) {
        Redirect redirect = simple(line).redirects().getFirst();
        assertEquals(
                expected,
                redirect.descriptor() + " " + redirect.kind() + " " + redirect.target().text());
    }

    @Test
    void hereDocumentsHaveTheirTextsInOrder() {
        Node.Simple cat = simple("cat <<A 3<<-'B' x\na $y\nA\n\tb $z\n\tB\n");
        List<Piece> first = cat.redirects().get(0).body();
        assertEquals(
                List.of(
                        new Piece.Literal("a ", true),
                        new Piece.Parameter("y", false, "", List.of(), true),
                        new Piece.Literal("\n", true)),
                first);
        assertEquals(List.of(new Piece.Literal("b $z\n", true)), cat.redirects().get(1).body());
        assertEquals(List.of("cat", "x"), cat.words().stream().map(Word::text).toList());
    }

    @Test
    void assignmentsKnowNameSubscriptAndValue() {
        Node.Simple line = simple("a=1 b[i + 1]+=2 c=(x [k]=y) run d=4");
        assertEquals(
                List.of("a", "b", "c"), line.assignments().stream().map(Assignment::name).toList());
        Assignment second = line.assignments().get(1);
        assertTrue(second.append());
        assertEquals("[i + 1]", second.subscript() == null ? "" : second.subscript().source());
        assertInstanceOf(
                Piece.Elements.class, line.assignments().get(2).value().pieces().getFirst());
        assertEquals(List.of("run", "d=4"), line.words().stream().map(Word::text).toList());
    }

    @Test
    void partsOfAParameterAreFound() {
        Word word = simple("echo ${!x[$(a)]:-\"$(b)\"} ${#y}").words().get(1);
        Piece.Parameter parameter =
                assertInstanceOf(Piece.Parameter.class, word.pieces().getFirst());
        assertEquals("x", parameter.name());
        assertTrue(parameter.indirect());
        assertEquals(":-\"$(b)\"", parameter.operation());
        assertEquals(
                List.of(List.of("a"), List.of("b")),
                Found.in(program("echo ${!x[$(a)]:-\"$(b)\"}")).commands.subList(0, 2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\n\n",
                "# only this",
                "a\n#b\nc",
                "a &",
                "a;",
                "a | b |\nc && d ||\n e",
                "if a; then b; elif c; then d; else e; fi",
                "while a; do b; done <f | c",
                "until a; do b; done",
                "for x in a b; do c; done",
                "for x do a; done",
                "for x; do a; done",
                "for ((i=0; i<3; i++)); do a; done",
                "select x in a; do b; done",
                "case x in a) b;; (c|d) e;& *) f;;& esac",
                "f() { a; }",
                "function f { a; }",
                "f() (a)",
                "{ a; b; } >f 2>&1",
                "(a; b) | c",
                "[[ a == b* && ( -f c || ! d ) ]]",
                "((i++))",
                "coproc a",
                "coproc n { a; }",
                "! a",
                "time a",
                "time",
                "a <<E\nx\nE",
                "a <<E",
                "a <(b) >(c)",
                "x=(1 2)",
                "declare -a x=(1 2)",
                "export A=1 B=\"$C\"",
                "a $'b\\n' $\"c\"",
                "echo \"${x:-\"a b\"}\" ${y//\\//_} ${z%%.*} ${w^^} ${v@Q} ${u:1:2} ${!p*} ${#a[@]}",
                "[[ $x =~ ^[0-9]+(\\.[0-9]+)?$ ]]",
                "echo $((1 + (2 * 3)))",
                "((a) ; b)",
                "echo $( (a) )",
                "git commit -m \"$(cat <<'EOF'\nIt's (done)\n\nEOF\n)\"",
                "a \\\n  b",
                "echo 'a\rb'",
                "trap 'a; b' EXIT",
                "a 2>/dev/null || true",
                "cd x && ./mvnw -q test; echo $?"
            })
    void whatBashUnderstandsIsUnderstood(String text) {
        program(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'a",
                "\"a",
                "`a",
                "$(a",
                "${a",
                "$((1)",
                "a |",
                "a &&",
                "| a",
                "; a",
                "a ;; b",
                "a & ; b",
                "(a",
                "a)",
                "{ a;",
                "}",
                "if a; then b",
                "if a; fi",
                "then",
                "done",
                "for",
                "for 1 in a; do b; done",
                "while a; b; done",
                "case x in a) b",
                "case x a",
                "f() a",
                "f( a",
                "[[ a",
                "[[ ]]",
                "[[ a b ]]",
                "a >",
                "a > ;",
                "a <<",
                "a\0b",
                "a\u001b[1m",
                "\ud800",
                "a\rb\u0007",
                "ls\r",
                "x=(a",
                "x=(a;b)",
                "a (b)",
                "!(a) b",
                "@(a|b)",
                "${a b}",
                "${ a; }",
                "$'\\x{41}'",
                "()",
                "{ }",
                "if ; then a; fi",
                "echo \u0080",
                "{a[0]}>f b",
                "a[0]",
                "$(a <<E; b; c\nE\n)"
            })
    void whatIsNotUnderstoodIsAProblemWithAReason(String text) {
        Parsed.Problem problem = assertInstanceOf(Parsed.Problem.class, Bash.parse(text), text);
        assertTrue(problem.reason().endsWith("."), problem.reason());
        assertTrue(problem.position() >= 0 && problem.position() <= text.length());
    }

    @ParameterizedTest
    @ValueSource(strings = {"wh\\\nile a; do b; done", "$\\\n(b)", "a &\\\n& b", "a <\\\n(b)"})
    void aLineEndMayBeQuotedAnywhere(String text) {
        assertTrue(Found.in(program(text)).commands.contains(List.of("b")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '%',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "( !a! )!99",
                "{ !a!; }!99",
                "$(!a!)!99",
                "$((!1!))!99",
                "$[!1!]!99",
                "${a:-!b!}!99",
                "${a[!b!]}!49",
                "\"$(!a!)\"!49",
                "\"${a:-!b!}\"!49",
                "<(!a!)!99",
                "${a:-<(!b!)}!33",
                "a=($(!b!))!49",
                "a[$(!b!)]=c!49",
                "if !a!; then b; fi!99",
                "while !a!; do b; done!99",
                "for x in y; do !a!; done!99",
                "for ((;;)); do !a!; done!98",
                "case x in y) !a!;; esac!99",
                "f() { !a!; }!49",
                "function f { !a!; }!49",
                "coproc x { !a!; }!49",
            })
    void aConstructStandsSoDeepInItselfAndAnyNumberOfTimesBehindItself(
            String open, String inside, String close, int deepest) {
        program(open.repeat(deepest) + inside + close.repeat(deepest));
        Parsed deeper = Bash.parse(open.repeat(deepest + 1) + inside + close.repeat(deepest + 1));
        assertEquals(
                "More than 100 constructs stand in each other.",
                assertInstanceOf(Parsed.Problem.class, deeper).reason());
        program((open + inside + close + "\n").repeat(120));
    }
}
