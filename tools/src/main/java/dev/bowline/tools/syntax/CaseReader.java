package dev.bowline.tools.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// `case`.
final class CaseReader {
    private final Parser parser;
    private final Cursor in;

    CaseReader(Parser parser) {
        this.parser = parser;
        this.in = parser.in;
    }

    /// Reads from `case`, which is next.
    Node read() {
        parser.commands.takeWord("case");
        parser.blanks();
        Word subject = parser.words.read(WordReader.Place.ARGUMENT);
        parser.lines();
        if (!"in".equals(parser.commands.plainWord(2))) {
            throw in.refuse("`in` is missing in `case`.");
        }
        parser.commands.takeWord("in");
        List<Node.Clause> clauses = new ArrayList<>();
        parser.lines();
        while (!"esac".equals(parser.commands.plainWord(4))) {
            clauses.add(clause());
            parser.lines();
        }
        parser.commands.takeWord("esac");
        return new Node.Case(subject, List.copyOf(clauses), parser.redirections.all());
    }

    private Node.Clause clause() {
        in.take('(');
        List<Word> patterns = new ArrayList<>();
        do {
            parser.blanks();
            patterns.add(parser.words.read(WordReader.Place.ARGUMENT));
            parser.blanks();
        } while (in.take('|'));
        in.expect(')', "`case`");
        Script body = parser.commands.list(Set.of(";;", "esac"));
        if (in.take(';')) {
            // `;;`, `;&` or `;;&`
            boolean second = in.take(';');
            if (!in.take('&') && !second) {
                throw in.refuse("`;;` is missing in `case`.");
            }
        }
        return new Node.Clause(List.copyOf(patterns), body);
    }
}
