package dev.bowline.tools.offline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Tells from the words of a prompt what is asked for. Knows a few English forms; everything else
/// is a search for its words.
final class Understanding {
    /// File names and words may have letters of any script.
    private static final int FLAGS =
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.UNICODE_CHARACTER_CLASS;

    /// Characters of a prompt outside of its quoted parts; with more, matching would take too long.
    private static final int MOST = 20_000;

    private static final String QUOTE = "[\\uE000-\\uE3E7]";
    private static final String FILE =
            "("
                    + QUOTE
                    + "|[\\w@~+-][\\w.@~/+-]*\\.[\\w+-]+|\\.?[\\w.@~+-]*/[\\w.@~/+-]*|\\.[\\w.-]+|Makefile|Dockerfile|LICENSE|README)";
    private static final String THE =
            "(?:the\\s+|a\\s+|an\\s+|new\\s+|empty\\s+|text\\s+|existing\\s+)*(?:files?\\s+)?(?:called\\s+|named\\s+)?";
    private static final String END = "\\s*[.!?]*$";

    private static final Pattern RUN =
            form(
                    "(?:run|execute)\\s+(?:(?:the\\s+|this\\s+)?(?:shell\\s+|bash\\s+)?(?:command|script)s?\\s*:?\\s*)?(.+)");
    private static final Pattern CREATE =
            form(
                    "(?:create|make|write|add|generate)\\s+"
                            + THE
                            + FILE
                            + "(?:\\s*(?:,|and\\s+put|with|containing|that\\s+(?:says|contains)|which\\s+(?:says|contains)|saying|:)\\s*(?:(?:the|following|this|these|contents?|texts?|lines?|words?|in\\s+it)\\s*)*:?\\s*(.*))?");
    private static final Pattern WRITE_TO =
            form("(?:write|put|save|store)\\s+(.+?)\\s+(?:to|into|in)\\s+" + THE + FILE + END);
    private static final Pattern APPEND =
            form(
                    "(?:append|add)\\s+(?:(?:the|a|this|following)\\s+)*(?:(?:lines?|texts?|words?)\\s+)?(.+?)\\s+(?:to|at)\\s+(?:the\\s+end\\s+of\\s+)?"
                            + THE
                            + FILE
                            + END);
    private static final Pattern APPEND_TO =
            form(
                    "(?:append|add)\\s+to\\s+(?:the\\s+end\\s+of\\s+)?"
                            + THE
                            + FILE
                            + "\\s*:?\\s*(.+)");
    private static final String SWAP =
            "(?:replace|change|substitute|rename)\\s+(?:(?:all|every|each|the|word|text|string|occurrences?|of|class|method|function|variable|field)\\s+)*(\\S+|\\S.*?)\\s+(?:with|by|to|into)\\s+";
    private static final Pattern REPLACE_IN =
            form(SWAP + "(\\S.*?)\\s+(?:everywhere\\s+)?in\\s+" + THE + FILE + END);
    private static final Pattern IN_REPLACE =
            form("in\\s+" + THE + FILE + ",?\\s+" + SWAP + "(.+?)" + END);
    private static final Pattern REPLACE_ALL =
            form(SWAP + "(\\S+?)(?:\\s+(?:everywhere|in\\s+(?:all|every|the)\\b.*))?" + END);
    private static final Pattern MOVE =
            form("(?:rename|move)\\s+" + THE + FILE + "\\s+(?:to|into)\\s+" + FILE + END);
    private static final Pattern DELETE =
            form(
                    "(?:delete|remove|rm)\\s+(?:the\\s+)?(?:files?\\s+|folder\\s+|directory\\s+)?"
                            + FILE
                            + END);
    private static final Pattern READ =
            form(
                    "(?:read|show|cat|print|open|display|view|dump|see|what(?:'s|\\s+is|\\s+does)?(?:\\s+(?:in|inside))?)\\s+(?:me\\s+)?(?:the\\s+)?(?:contents?\\s+of\\s+)?"
                            + THE
                            + FILE
                            + "(?:\\s+(?:say|contain|file))?"
                            + END);
    private static final Pattern FILES =
            Pattern.compile(
                    "\\b(?:files?|folders?|director(?:y|ies)|subdirector(?:y|ies))\\b|^ls\\b",
                    FLAGS);
    private static final Pattern LISTING =
            Pattern.compile(
                    "\\b(?:what|which|list|show|display|how\\s+many|all|are\\s+there|print|see|find|ls|count)\\b",
                    FLAGS);
    private static final Pattern KIND =
            Pattern.compile(
                    "(?:\\*?\\.(\\w{1,10})|\\b(\\w+))\\s+(?:source\\s+|code\\s+|config\\s+)?files?\\b",
                    FLAGS);
    private static final Pattern WHERE =
            Pattern.compile(
                    "\\b(?:in|under|below|of|inside)\\s+(?:the\\s+)?(?:folder\\s+|directory\\s+)?("
                            + QUOTE
                            + "|[\\w.@~+-]*/[\\w.@~/+-]*|(?!the\\b|this\\b|my\\b|here\\b|working\\b|current\\b|project\\b|repo\\w*\\b|folder\\b|directory\\b)[\\w.-]+)(?:\\s+(?:folder|directory))?"
                            + END,
                    FLAGS);
    private static final Pattern GREETING =
            form(
                    "(?:hi|hello|hey|help|thanks|thank\\s+you|who\\s+are\\s+you|what\\s+are\\s+you|what\\s+can\\s+you\\s+do|how\\s+are\\s+you|good\\s+(?:morning|evening|day)|test|ping)\\b[\\s\\p{Punct}]*(?:there|bowline|claude|you|today)?"
                            + END);
    private static final Map<String, String> KINDS =
            Map.ofEntries(
                    Map.entry("java", "java"),
                    Map.entry("python", "py"),
                    Map.entry("javascript", "{js,mjs,cjs,jsx}"),
                    Map.entry("typescript", "{ts,tsx}"),
                    Map.entry("markdown", "md"),
                    Map.entry("text", "txt"),
                    Map.entry("json", "json"),
                    Map.entry("yaml", "{yml,yaml}"),
                    Map.entry("xml", "xml"),
                    Map.entry("go", "go"),
                    Map.entry("rust", "rs"),
                    Map.entry("kotlin", "{kt,kts}"),
                    Map.entry("ruby", "rb"),
                    Map.entry("html", "{html,htm}"),
                    Map.entry("css", "css"),
                    Map.entry("shell", "sh"),
                    Map.entry("c", "{c,h}"),
                    Map.entry("sql", "sql"),
                    Map.entry("toml", "toml"),
                    Map.entry("properties", "properties"),
                    Map.entry("php", "php"),
                    Map.entry("csv", "csv"));

    private final Phrases phrases;

    private Understanding(Phrases phrases) {
        this.phrases = phrases;
    }

    /// The tasks of a prompt, in order; never none.
    static List<Task> of(String prompt) {
        var phrases = new Phrases(prompt);
        if (phrases.length() > MOST) {
            return List.of(new TooMuch(phrases.length(), MOST));
        }
        var understanding = new Understanding(phrases);
        var tasks = new ArrayList<Task>();
        phrases.requests().forEach(request -> tasks.add(understanding.task(request)));
        return tasks.isEmpty() ? List.of(new Introduce()) : List.copyOf(tasks);
    }

    private static Pattern form(String regex) {
        return Pattern.compile("^" + regex, FLAGS | Pattern.DOTALL);
    }

    private Task task(String request) {
        return greeting(request)
                .or(() -> change(request))
                .or(() -> command(request))
                .or(() -> listing(request))
                .or(() -> reading(request))
                .orElseGet(() -> search(request));
    }

    private Optional<Task> greeting(String request) {
        return GREETING.matcher(request).matches()
                ? Optional.of(new Introduce())
                : Optional.empty();
    }

    private Optional<Task> command(String request) {
        return match(RUN, request).map(run -> new RunCommand(commandIn(run.group(1))));
    }

    /// What is marked as code, or the one quoted part, or all of it as it was typed.
    private String commandIn(String masked) {
        var quoted = phrases.quotedIn(masked);
        boolean alone = quoted.size() == 1 && phrases.unquoted(masked).isBlank();
        return phrases.code(masked)
                .orElseGet(() -> alone ? quoted.getFirst() : bare(phrases.typed(masked)));
    }

    private Optional<Task> change(String request) {
        return first(
                match(MOVE, request)
                        .map(move ->
                                new RunCommand(
                                        "mv -n -- "
                                                + Shell.quote(word(move, 1))
                                                + " "
                                                + Shell.quote(word(move, 2)))),
                match(IN_REPLACE, request)
                        .map(in -> new ReplaceText(word(in, 2), word(in, 3), word(in, 1))),
                match(REPLACE_IN, request)
                        .map(in -> new ReplaceText(word(in, 1), word(in, 2), word(in, 3))),
                match(REPLACE_ALL, request)
                        .map(in -> new ReplaceText(word(in, 1), word(in, 2), "")),
                match(DELETE, request)
                        .map(file -> new RunCommand("rm -r -- " + Shell.quote(word(file, 1)))),
                match(APPEND_TO, request).map(to -> new AppendText(word(to, 1), content(to, 2))),
                match(APPEND, request).map(to -> new AppendText(word(to, 2), content(to, 1))),
                match(CREATE, request)
                        .map(file ->
                                new CreateFile(
                                        word(file, 1),
                                        file.group(2) == null ? "" : content(file, 2))),
                match(WRITE_TO, request).map(to -> new CreateFile(word(to, 2), content(to, 1))));
    }

    private Optional<Task> reading(String request) {
        return match(READ, request).map(file -> new ReadFile(word(file, 1)));
    }

    private Optional<Task> listing(String request) {
        var plain = phrases.unquoted(request);
        var where = WHERE.matcher(request);
        boolean somewhere = where.find();
        var what = somewhere ? request.substring(0, where.start()) : request;
        if (!FILES.matcher(plain).find()
                || !LISTING.matcher(plain).find()
                || Words.of(phrases, what).exact()) {
            return Optional.empty();
        }
        var folder = somewhere ? phrases.open(where.group(1)) : "";
        return Optional.of(
                new ListFiles(
                        kind(plain),
                        folder.endsWith("/") ? folder.substring(0, folder.length() - 1) : folder));
    }

    private static String kind(String plain) {
        var kind = KIND.matcher(plain);
        while (kind.find()) {
            if (kind.group(1) != null) {
                return "*." + kind.group(1);
            }
            var ending = KINDS.get(kind.group(2).toLowerCase(Locale.ROOT));
            if (ending != null) {
                return "*." + ending;
            }
        }
        return "";
    }

    private Task search(String request) {
        var words = Words.of(phrases, request);
        return words.all().isEmpty() ? new Introduce() : new FindWords(words);
    }

    private String word(Matcher form, int group) {
        return bare(phrases.open(form.group(group)));
    }

    /// What goes into a file: a quoted part as it is, other words without the sentence around them.
    private String content(Matcher form, int group) {
        var masked = form.group(group).strip();
        var quoted = phrases.quotedIn(masked);
        return quoted.size() == 1
                        && phrases.unquoted(masked).strip().replaceAll("\\p{Punct}", "").length()
                                < 12
                ? quoted.getFirst()
                : phrases.open(masked);
    }

    /// Without the stop at the end of a sentence.
    private static String bare(String text) {
        return text.strip().replaceFirst("(?<=[\\p{L}\\p{N}_)'\"])[.!?]$", "");
    }

    private static Optional<Matcher> match(Pattern form, String request) {
        var matcher = form.matcher(request);
        return matcher.matches() ? Optional.of(matcher) : Optional.empty();
    }

    @SafeVarargs
    private static Optional<Task> first(Optional<? extends Task>... found) {
        for (var task : found) {
            if (task.isPresent()) {
                return Optional.of(task.get());
            }
        }
        return Optional.empty();
    }
}
