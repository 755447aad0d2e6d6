package dev.bowline.tools.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Lists, pipelines and simple commands.
final class Commands {
    /// Ends the commands in `( )`.
    static final Set<String> ROUND = Set.of(")");

    private static final Set<String> RESERVED =
            Set.of(
                    "if",
                    "then",
                    "else",
                    "elif",
                    "fi",
                    "case",
                    "esac",
                    "for",
                    "select",
                    "while",
                    "until",
                    "do",
                    "done",
                    "function",
                    "time",
                    "{",
                    "}",
                    "!",
                    "[[",
                    "coproc");

    /// Behind these, arrays may be assigned.
    private static final Set<String> DECLARING =
            Set.of("declare", "typeset", "local", "export", "readonly");

    private final Parser parser;
    private final Cursor in;

    Commands(Parser parser) {
        this.parser = parser;
        this.in = parser.in;
    }

    /// Commands up to one of the words or signs in `ends`, which is not taken; up to the end of the
    /// text when there are none.
    Script list(Set<String> ends) {
        List<Node> nodes = new ArrayList<>();
        boolean semicolon = false;
        parser.lines();
        while (!ended(ends)) {
            if (semicolon) {
                parser.here.checkSemicolon();
            }
            semicolon = false;
            Node node = andOr();
            parser.blanks();
            int c = in.peek();
            if (c == '&') {
                in.next();
                nodes.add(new Node.Background(node));
            } else {
                nodes.add(node);
                boolean clause = c == ';' && (in.peekSecond() == ';' || in.peekSecond() == '&');
                if (c == ';' && !clause) {
                    in.next();
                    semicolon = true;
                } else if (c != '\n' && !ended(ends)) {
                    throw in.refuse("This is not expected here.");
                }
            }
            parser.lines();
        }
        return new Script(nodes);
    }

    /// As {@link #list}, with one command at least.
    Script some(Set<String> ends, String construct) {
        Script script = list(ends);
        if (script.nodes().isEmpty()) {
            throw in.refuse("A command is missing in " + construct + ".");
        }
        return script;
    }

    private boolean ended(Set<String> ends) {
        int c = in.peek();
        if (c == Cursor.END) {
            if (!ends.isEmpty()) {
                throw in.refuse("The text ends within a command.");
            }
            return true;
        }
        if (c == ')') {
            return ends.contains(")");
        }
        if (c == ';') {
            return ends.contains(";;") && (in.peekSecond() == ';' || in.peekSecond() == '&');
        }
        String word = keyword();
        return word != null && ends.contains(word);
    }

    private Node andOr() {
        Node first = pipeline();
        List<Node> parts = new ArrayList<>(List.of(first));
        List<Node.Operator> operators = new ArrayList<>();
        while (true) {
            parser.blanks();
            int c = in.peek();
            if (c != '&' && c != '|' || in.peekSecond() != c) {
                break;
            }
            in.next();
            in.next();
            operators.add(c == '&' ? Node.Operator.AND : Node.Operator.OR);
            parser.lines();
            parts.add(pipeline());
        }
        return parts.size() == 1 ? first : new Node.AndOr(parts, operators);
    }

    private Node pipeline() {
        boolean negated = false;
        boolean timed = false;
        @Nullable String word = keyword();
        while (word != null && (word.equals("!") || word.equals("time"))) {
            takeWord(word);
            negated ^= word.equals("!");
            timed |= word.equals("time");
            parser.blanks();
            timeOptions(word);
            word = keyword();
        }
        if ((negated || timed) && bare()) {
            return new Node.Pipeline(List.of(), negated, timed);
        }
        Node first = command();
        List<Node> parts = new ArrayList<>(List.of(first));
        parser.blanks();
        while (in.peek() == '|' && in.peekSecond() != '|') {
            in.next();
            in.take('&');
            parser.lines();
            parts.add(command());
            parser.blanks();
        }
        boolean alone = parts.size() == 1 && !negated && !timed;
        return alone ? first : new Node.Pipeline(parts, negated, timed);
    }

    /// Takes `-p` and `--` behind `time`.
    private void timeOptions(String word) {
        for (String option : List.of("-p", "--")) {
            if (word.equals("time") && option.equals(plainWord(3))) {
                takeWord(option);
                parser.blanks();
            }
        }
    }

    private boolean bare() {
        int c = in.peek();
        return c == Cursor.END || c == '\n' || c == ';';
    }

    /// A command without what joins it to others.
    Node command() {
        int c = in.peek();
        if (c == '(') {
            return parser.compounds.round();
        }
        String word = keyword();
        if (word == null || word.equals("time")) {
            return simple();
        }
        Node compound = parser.compounds.read(word);
        if (compound == null) {
            throw in.refuse("`" + word + "` is not expected here.");
        }
        return compound;
    }

    private Node simple() {
        int start = in.at;
        int end = start;
        List<Assignment> assignments = new ArrayList<>();
        List<Word> words = new ArrayList<>();
        List<Redirect> redirects = new ArrayList<>();
        while (true) {
            Redirect redirect = parser.redirections.one();
            Assignment assignment =
                    redirect == null && words.isEmpty() ? parser.words.assignment() : null;
            if (redirect != null) {
                redirects.add(redirect);
            } else if (assignment != null) {
                assignments.add(assignment);
            } else if (parser.words.next()) {
                words.add(parser.words.read(place(words)));
            } else {
                break;
            }
            end = in.at;
            parser.blanks();
        }
        if (end == start) {
            throw in.refuse("A command is missing here.");
        }
        if (in.peek() == '(' && words.size() == 1 && end != start) {
            if (assignments.isEmpty() && redirects.isEmpty()) {
                return parser.compounds.function(words.getFirst());
            }
        }
        return new Node.Simple(assignments, words, redirects, in.text.substring(start, end));
    }

    private static WordReader.Place place(List<Word> words) {
        boolean declaring = !words.isEmpty() && DECLARING.contains(words.getFirst().source());
        return declaring ? WordReader.Place.DECLARED : WordReader.Place.ARGUMENT;
    }

    /// The reserved word that is next and not taken, or null.
    @Nullable String keyword() {
        String word = plainWord(9);
        return word != null && RESERVED.contains(word) ? word : null;
    }

    /// Takes a word that {@link #keyword} or {@link #plainWord} found.
    void takeWord(String word) {
        for (int taken = 0; taken < word.length(); taken++) {
            in.next();
        }
    }

    /// The word that is next and not taken, if it is no longer than this; quotes are part of it.
    @Nullable String plainWord(int longest) {
        int start = in.at;
        StringBuilder word = new StringBuilder();
        while (word.length() <= longest && !Characters.meta(in.peek())) {
            word.append((char) in.next());
        }
        boolean whole = word.length() <= longest;
        boolean process = (in.peek() == '<' || in.peek() == '>') && in.peekSecond() == '(';
        in.at = start;
        return whole && !process ? word.toString() : null;
    }
}
