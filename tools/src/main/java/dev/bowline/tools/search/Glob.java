package dev.bowline.tools.search;

import dev.bowline.json.Json;
import dev.bowline.message.ToolDefinition;
import dev.bowline.tool.Access;
import dev.bowline.tool.Effect;
import dev.bowline.tool.Tool;
import dev.bowline.tool.ToolContext;
import dev.bowline.tool.ToolResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.TreeMap;

/// The tool `Glob`: files whose path fits a pattern, the newest first, at most 100.
///
/// A pattern without `/` fits at any depth; one that begins with `./` or holds a `/` is tied to the
/// folder. Hidden files count, `.git` is never entered, links are not followed. Ignore files count
/// unless the environment has `CLAUDE_CODE_GLOB_NO_IGNORE=true`. The time is bounded (20 seconds by
/// default); memory is bounded by the 100 kept.
///
/// The structured result has `durationMs`, `numFiles`, `filenames` (relative to the working
/// directory where they are below it), `truncated`, `totalMatches`, `countIsComplete` and, when the
/// time was over, `timedOut`.
public final class Glob implements Tool {
    /// How many files are shown.
    public static final int MAX_FILES = 100;

    /// How long a search may take unless the constructor says otherwise.
    public static final Duration DEFAULT_TIME = Duration.ofSeconds(20);

    private static final int MAX_FOLDERS = 500;
    private static final int SHOWN_FOLDERS = 30;

    private static final String DESCRIPTION =
            """
            Finds files by a pattern on their path: * and ? within a name, ** across folders, {a,b}, [a-z]. \
            "*.java" finds at any depth, "./*" only in the folder itself, "src/**/*.java" below src. \
            Shows the newest first, at most 100. Files that .gitignore excludes are left out.\
            """;

    private static final Json SCHEMA =
            Json.parse(
                    """
                    {"type":"object","properties":{
                    "pattern":{"type":"string","minLength":1,"description":"The pattern to match paths against"},
                    "path":{"type":"string","description":"The folder to look in; the working directory if missing"}},
                    "required":["pattern"],"additionalProperties":false}\
                    """);

    private final ToolDefinition definition = new ToolDefinition("Glob", DESCRIPTION, SCHEMA);
    private final Duration time;

    public Glob() {
        this(DEFAULT_TIME);
    }

    /// @param time how long a search may take
    public Glob(Duration time) {
        this.time = time;
    }

    @Override
    public ToolDefinition definition() {
        return definition;
    }

    @Override
    public Effect effect() {
        return Effect.READ;
    }

    @Override
    public Duration timeout() {
        return time.plusSeconds(10);
    }

    @Override
    public List<Access> accesses(Json input, ToolContext context) {
        return Places.accesses(() -> GlobQuery.of(input, context).start(), context);
    }

    @Override
    public Optional<String> validate(Json input, ToolContext context) {
        try {
            GlobQuery.of(input, context).rules();
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.ofNullable(e.getMessage());
        }
    }

    @Override
    public ToolResult call(Json input, ToolContext context) throws InterruptedException {
        GlobQuery query;
        IgnoreRules rules;
        try {
            query = GlobQuery.of(input, context);
            rules = query.rules();
            Places.checkDecided(query.root(), context);
        } catch (IllegalArgumentException e) {
            return ToolResult.failure(String.valueOf(e.getMessage()));
        }
        if (!Files.isDirectory(query.folder())) {
            return ToolResult.failure(
                    (Files.exists(query.folder())
                                    ? "This is not a folder: "
                                    : "There is no folder ")
                            + query.folder()
                            + "; the working directory is "
                            + context.workingDirectory()
                            + ".");
        }
        var deadline = new Deadline(context.time(), time);
        var hits = new Hits();
        if (Files.isDirectory(query.root())) {
            find(query.root(), rules, deadline, hits, context);
        }
        return result(hits, deadline, Places.prefix(query.root(), context));
    }

    private static void find(
            Path root, IgnoreRules rules, Deadline deadline, Hits hits, ToolContext context)
            throws InterruptedException {
        boolean ignoring = !"true".equals(context.environment().get("CLAUDE_CODE_GLOB_NO_IGNORE"));
        Walk.over(
                root,
                new Walk.Filter(ignoring, IgnoreRules.NONE, IgnoreRules.NONE),
                deadline,
                file -> {
                    if (rules.verdict(file.relative(), false) == IgnoreRules.Verdict.IGNORE
                            && context.mayFind(file.path(), root)
                            && Places.isStill(file.path())) {
                        hits.add(file);
                    }
                });
    }

    private ToolResult result(Hits hits, Deadline deadline, String prefix) {
        var names = hits.newest().stream().map(name -> prefix + name).toList();
        boolean truncated = hits.total > names.size();
        var structured = new LinkedHashMap<String, Object>();
        structured.put("durationMs", deadline.elapsedMillis());
        structured.put("numFiles", names.size());
        structured.put("filenames", names);
        structured.put("truncated", truncated);
        structured.put("totalMatches", hits.total);
        structured.put("countIsComplete", !deadline.hit());
        if (deadline.hit()) {
            structured.put("timedOut", true);
        }
        var text = new StringBuilder(names.isEmpty() ? "No files found" : String.join("\n", names));
        if (truncated) {
            text.append("\n\n[Shown are the newest ")
                    .append(names.size())
                    .append(" of ")
                    .append(hits.total)
                    .append(" files. By folder: ")
                    .append(hits.folders())
                    .append(". Use a narrower pattern or a path.]");
        }
        if (deadline.hit()) {
            text.append("\n\n[The search was stopped after ")
                    .append(time.toSeconds())
                    .append(" s and is not complete.]");
        }
        return ToolResult.of(text.toString(), Json.of(structured));
    }

    /// What is found, bounded to the newest, and how many there are in each folder.
    private static final class Hits {
        private final PriorityQueue<Findings.Dated> newest =
                new PriorityQueue<>(Findings.Dated.NEWEST_FIRST.reversed());
        private final Map<String, Integer> byFolder = new TreeMap<>();
        private long total;

        synchronized void add(Walk.Found file) {
            total++;
            newest.add(
                    new Findings.Dated(
                            file.relative(), file.attributes().lastModifiedTime().toMillis()));
            if (newest.size() > MAX_FILES) {
                newest.poll();
            }
            int slash = file.relative().indexOf('/');
            var folder = slash < 0 ? "./" : file.relative().substring(0, slash + 1);
            if (byFolder.size() < MAX_FOLDERS || byFolder.containsKey(folder)) {
                byFolder.merge(folder, 1, Integer::sum);
            }
        }

        List<String> newest() {
            return newest.stream()
                    .sorted(Findings.Dated.NEWEST_FIRST)
                    .map(Findings.Dated::path)
                    .toList();
        }

        String folders() {
            var shown =
                    byFolder.entrySet().stream()
                            .limit(SHOWN_FOLDERS)
                            .map(entry -> entry.getKey() + " " + entry.getValue())
                            .toList();
            return String.join(", ", shown) + (byFolder.size() > shown.size() ? ", …" : "");
        }
    }
}
