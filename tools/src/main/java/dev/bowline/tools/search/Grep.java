package dev.bowline.tools.search;

import dev.bowline.json.Json;
import dev.bowline.message.ToolDefinition;
import dev.bowline.tool.Access;
import dev.bowline.tool.Effect;
import dev.bowline.tool.Tool;
import dev.bowline.tool.ToolContext;
import dev.bowline.tool.ToolResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The tool `Grep`: lines and files that match a regular expression in ripgrep's syntax.
///
/// Uses `rg` when it is on the PATH of the call's environment, and an engine of its own otherwise;
/// both find the same. Ignore files count, hidden files are searched, `.git` and binary files are
/// not, links are not followed. Lines come in the order of their paths, files with the newest
/// first. Bounds: the time (20 seconds by default), lines of 500 characters, 250 lines or files
/// unless `head_limit` says otherwise and at most 50,000, a text of 30,000 characters with the
/// whole in the session's results folder.
///
/// The structured result has `mode`, `numFiles`, `filenames` and, by mode, `content`, `numLines`,
/// `totalLines`, `numMatches`, `totalFiles`; `appliedLimit`, `appliedOffset` and `timedOut` where
/// they hold.
public final class Grep implements Tool {
    /// How long a search may take unless the constructor says otherwise.
    public static final Duration DEFAULT_TIME = Duration.ofSeconds(20);

    private static final String DESCRIPTION =
            """
            Searches the contents of files with a regular expression (ripgrep's syntax: escape literal braces, no look-around). \
            Files that .gitignore excludes are left out. output_mode "files_with_matches" (default) lists files, newest first; \
            "content" shows lines; "count" counts matches. Narrow with glob (for example "*.java") or type (for example "java"). \
            Patterns match within a line unless multiline is true.\
            """;

    private static final Json SCHEMA =
            Json.parse(
                    """
                    {"type":"object","properties":{
                    "pattern":{"type":"string","description":"The regular expression to search for"},
                    "path":{"type":"string","description":"File or folder to search in; the working directory if missing"},
                    "glob":{"type":"string","description":"Which files, for example \\"*.js\\" or \\"*.{ts,tsx}\\"; a leading ! excludes"},
                    "output_mode":{"type":"string","enum":["content","files_with_matches","count"],"description":"What to show; files_with_matches if missing"},
                    "-B":{"type":"integer","minimum":0,"description":"Lines to show before each match (content only)"},
                    "-A":{"type":"integer","minimum":0,"description":"Lines to show after each match (content only)"},
                    "-C":{"type":"integer","minimum":0,"description":"Lines to show before and after each match (content only)"},
                    "context":{"type":"integer","minimum":0,"description":"The same as -C"},
                    "-n":{"type":"boolean","description":"Show line numbers (content only); true if missing"},
                    "-i":{"type":"boolean","description":"Ignore case"},
                    "-o":{"type":"boolean","description":"Show only the matching parts of lines"},
                    "type":{"type":"string","description":"Kind of files, for example java, js, py, rust, go, md"},
                    "head_limit":{"type":"integer","minimum":0,"description":"Show at most this many lines or files; 250 if missing, 0 for all"},
                    "offset":{"type":"integer","minimum":0,"description":"Leave out this many lines or files first"},
                    "multiline":{"type":"boolean","description":"Let . match line ends and patterns span lines"}},
                    "required":["pattern"],"additionalProperties":false}\
                    """);

    private final ToolDefinition definition = new ToolDefinition("Grep", DESCRIPTION, SCHEMA);
    private final Duration time;
    private final boolean ripgrep;

    /// The tool with [#DEFAULT_TIME], and ripgrep where there is one.
    public Grep() {
        this(DEFAULT_TIME, true);
    }

    /// @param time how long a search may take
    /// @param ripgrep whether `rg` may be used
    public Grep(Duration time, boolean ripgrep) {
        this.time = time;
        this.ripgrep = ripgrep;
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
        return Places.accesses(() -> Places.absolute(GrepQuery.of(input).path(), context), context);
    }

    @Override
    public Optional<String> validate(Json input, ToolContext context) {
        var query = GrepQuery.of(input);
        try {
            Places.checkNoNul(query.pattern());
            Places.resolve(query.path(), context);
            query.globs().forEach(Places::checkNoNul);
            IgnoreRules.parse(query.globs(), true);
            FileTypes.globs(query.type());
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.ofNullable(e.getMessage());
        }
    }

    @Override
    public ToolResult call(Json input, ToolContext context)
            throws IOException, InterruptedException {
        var problem = validate(input, context);
        if (problem.isPresent()) {
            return ToolResult.failure(problem.get());
        }
        var query = GrepQuery.of(input);
        var root = Places.resolve(query.path(), context);
        if (!Files.exists(root)) {
            return ToolResult.failure(
                    "There is no file or folder "
                            + root
                            + "; the working directory is "
                            + context.workingDirectory()
                            + ".");
        }
        try {
            Places.checkDecided(root, context);
            return search(query, root, context);
        } catch (IllegalArgumentException e) {
            return ToolResult.failure(String.valueOf(e.getMessage()));
        }
    }

    private ToolResult search(GrepQuery query, Path root, ToolContext context)
            throws IOException, InterruptedException {
        var deadline = new Deadline(context.time(), time);
        boolean folder = Files.isDirectory(root);
        var findings =
                new Findings(
                        folder ? root : Places.real(context.workingDirectory()),
                        file -> context.mayFind(file, root) && Places.isStill(file),
                        query.keep(Findings.MOST));
        var prefix = Places.prefix(root, context);
        if (folder) {
            engine(context).search(root, query, deadline, findings);
        } else if (Files.isRegularFile(root)) {
            new OwnEngine().searchFile(root, prefix, query, deadline, findings);
            prefix = "";
        } else {
            return ToolResult.failure(root + " is neither a file nor a folder; name another one.");
        }
        var problem = findings.problem();
        return problem == null
                ? new GrepAnswer(query, findings, deadline, prefix).result(context)
                : ToolResult.failure(problem);
    }

    private Engine engine(ToolContext context) {
        if (ripgrep) {
            var found = Ripgrep.on(context.environment());
            if (found.isPresent()) {
                return found.get();
            }
        }
        return new OwnEngine();
    }
}
