package dev.bowline.tools.syntax;

import dev.bowline.tools.syntax.Quotes.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Commands that have others in them.
final class Compounds {
    private final Parser parser;
    private final Cursor in;

    Compounds(Parser parser) {
        this.parser = parser;
        this.in = parser.in;
    }

    /// The compound command that begins with the reserved word, which is next; null if none does.
    @Nullable Node read(String word) {
        in.enter();
        Node node =
                switch (word) {
                    case "{" -> group();
                    case "if" -> condition();
                    case "while", "until" -> loop(word);
                    case "for", "select" -> each(word);
                    case "case" -> new CaseReader(parser).read();
                    case "[[" -> new ConditionReader(parser).read();
                    case "function" -> named();
                    case "coproc" -> coproc();
                    default -> null;
                };
        in.leave();
        return node;
    }

    /// `(…)` or `((…))`, the first parenthesis being next.
    Node round() {
        in.enter();
        int start = in.at;
        Node node = null;
        if (in.peekSecond() == '(') {
            node = arithmetic();
            if (node == null) {
                in.at = start;
            }
        }
        if (node == null) {
            in.next();
            Script body = parser.commands.some(Commands.ROUND, "`( )`");
            in.expect(')', "`( )`");
            node = new Node.Subshell(body, parser.redirections.all());
        }
        in.leave();
        return node;
    }

    private @Nullable Node arithmetic() {
        Piece.Arithmetic expression = expression();
        return expression == null
                ? null
                : new Node.Arithmetic(expression, parser.redirections.all());
    }

    /// `((…))`, or null when it isn't closed by two parentheses together.
    private Piece.@Nullable Arithmetic expression() {
        in.next();
        in.next();
        int start = in.at;
        Pieces parts = new Pieces();
        parser.expansions.matched(parts, '(', ')', Context.PLAIN, true);
        int end = in.at - 1;
        if (!in.take(')')) {
            parser.retry();
            return null;
        }
        return new Piece.Arithmetic(in.text.substring(start, end), parts.list(), true);
    }

    private Node group() {
        parser.commands.takeWord("{");
        Script body = braces();
        return new Node.Group(body, parser.redirections.all());
    }

    private Script braces() {
        Script body = parser.commands.some(Set.of("}"), "`{ }`");
        parser.commands.takeWord("}");
        return body;
    }

    private Script part(String begin, String... ends) {
        parser.commands.takeWord(begin);
        return parser.commands.some(Set.of(ends), "`" + begin + "`");
    }

    private Node condition() {
        List<Node.Arm> arms = new ArrayList<>();
        Script otherwise = null;
        String word = "if";
        while (!word.equals("fi")) {
            if (word.equals("else")) {
                otherwise = part("else", "fi");
            } else {
                Script test = part(word, "then");
                arms.add(new Node.Arm(test, part("then", "elif", "else", "fi")));
            }
            word = String.valueOf(parser.commands.keyword());
        }
        parser.commands.takeWord("fi");
        return new Node.If(List.copyOf(arms), otherwise, parser.redirections.all());
    }

    private Node loop(String word) {
        Script test = part(word, "do");
        Script body = part("do", "done");
        parser.commands.takeWord("done");
        return new Node.Loop(test, body, word.equals("until"), parser.redirections.all());
    }

    private Node each(String word) {
        parser.commands.takeWord(word);
        parser.blanks();
        if (in.peek() == '(' && in.peekSecond() == '(' && word.equals("for")) {
            return counted();
        }
        String name = parser.words.read(WordReader.Place.ARGUMENT).source();
        if (!Characters.name(name)) {
            throw in.refuse("The variable of a loop has no plain name.");
        }
        parser.blanks();
        if (in.peek() == ';') {
            in.next();
        }
        parser.lines();
        List<Word> words = null;
        if ("in".equals(parser.commands.plainWord(2))) {
            words = listed();
        }
        Script body = body();
        return new Node.For(name, words, body, word.equals("select"), parser.redirections.all());
    }

    private List<Word> listed() {
        parser.commands.takeWord("in");
        List<Word> words = new ArrayList<>();
        parser.blanks();
        while (parser.words.next()) {
            words.add(parser.words.read(WordReader.Place.ARGUMENT));
            parser.blanks();
        }
        if (!in.take(';') && in.peek() != '\n') {
            throw in.refuse("The words of a loop are not closed by `;` or a line end.");
        }
        parser.lines();
        return List.copyOf(words);
    }

    private Node counted() {
        Piece.Arithmetic header = expression();
        if (header == null) {
            throw in.refuse("`for ((` is not closed by `))`.");
        }
        parser.blanks();
        if (in.peek() == ';') {
            in.next();
        }
        parser.lines();
        return new Node.ArithmeticFor(header, body(), parser.redirections.all());
    }

    private Script body() {
        String word = String.valueOf(parser.commands.keyword());
        if (word.equals("{")) {
            parser.commands.takeWord("{");
            return braces();
        }
        if (!word.equals("do")) {
            throw in.refuse("`do` is missing in a loop.");
        }
        Script body = part("do", "done");
        parser.commands.takeWord("done");
        return body;
    }

    /// `name ()` and its body, the parenthesis being next.
    Node function(Word word) {
        in.enter();
        Node node = defined(word);
        in.leave();
        return node;
    }

    private Node named() {
        parser.commands.takeWord("function");
        parser.blanks();
        return defined(parser.words.read(WordReader.Place.ARGUMENT));
    }

    private Node defined(Word word) {
        String name = word.text();
        if (name == null || !name.equals(word.source())) {
            throw in.refuse("The name of a function is not plain.");
        }
        parser.blanks();
        if (in.peek() == '(' && in.peekSecond() != '(') {
            in.next();
            parser.blanks();
            in.expect(')', "the definition of a function");
        }
        parser.lines();
        String begin = parser.commands.keyword();
        Node body = in.peek() == '(' ? round() : begin == null ? null : read(begin);
        if (body == null || body instanceof Node.Function || body instanceof Node.Coproc) {
            throw in.refuse("The body of a function is not a compound command.");
        }
        return new Node.Function(name, body);
    }

    private Node coproc() {
        parser.commands.takeWord("coproc");
        parser.blanks();
        int start = in.at;
        String name = parser.commands.plainWord(200);
        if (name != null && Characters.name(name) && parser.commands.keyword() == null) {
            parser.commands.takeWord(name);
            parser.blanks();
            if (in.peek() == '(' || parser.commands.keyword() != null) {
                return new Node.Coproc(name, parser.commands.command());
            }
            in.at = start;
        }
        if (parser.here.substituting()) {
            // bash 5.2 mistakes the name that it gives the process for a program
            throw in.refuse("`coproc` in `$( )` needs a name and a compound command.");
        }
        return new Node.Coproc(null, parser.commands.command());
    }
}
