package dev.bowline.tools.syntax;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Compares what the tree says with what the real bash runs, for generated lines. Arguments: how
/// many batches of 200 lines, and the first seed.
final class BashCampaign {
    /// What came out for some lines.
    ///
    /// - `holes`: lines of which bash ran something that isn't in the tree
    /// - `refused`: lines that bash runs something of, and that are a problem here
    record Outcome(int lines, int ran, List<String> holes, List<String> refused) {}

    private BashCampaign() {}

    public static void main(String[] args) throws Exception {
        int batches = Integer.parseInt(args[0]);
        long seed = Long.parseLong(args[1]);
        int lines = 0;
        int ran = 0;
        int refused = 0;
        for (int batch = 0; batch < batches; batch++) {
            Path folder = Files.createTempDirectory("grammar-campaign");
            Outcome outcome = compare(lines(seed + batch, 200, args[2]), folder);
            outcome.holes().forEach(hole -> System.out.println("HOLE " + hole));
            if (args.length > 3) {
                outcome.refused().forEach(line -> System.out.println("REFUSED " + line));
            }
            lines += outcome.lines();
            ran += outcome.ran();
            refused += outcome.refused().size();
        }
        System.out.println(
                lines + " lines, " + ran + " ran something, " + refused + " of them refused");
    }

    /// Lines of all kinds.
    static List<String> lines(long seed, int count, String kind) {
        Soup soup = new Soup(seed);
        List<String> lines = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            lines.add(
                    switch (kind) {
                        case "parts" -> soup.parts(10);
                        case "lines" -> soup.line(3);
                        default -> soup.mutated(soup.line(2));
                    });
        }
        return lines;
    }

    static Outcome compare(List<String> lines, Path folder)
            throws IOException, InterruptedException {
        List<List<List<String>>> all = RealBash.run(lines, folder);
        List<String> holes = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        int ran = 0;
        for (int index = 0; index < lines.size(); index++) {
            List<List<String>> commands = all.get(index);
            if (commands.isEmpty()) {
                continue;
            }
            ran++;
            Found found = found(lines.get(index));
            if (found == null && !RealBash.accepts(lines.get(index), folder)) {
                continue;
            }
            if (found == null) {
                refused.add(lines.get(index) + "  " + Bash.parse(lines.get(index)));
                continue;
            }
            for (List<String> command : commands) {
                if (!found.covers(command)) {
                    holes.add(
                            lines.get(index)
                                    + "\n  ran "
                                    + command
                                    + "\n  not in "
                                    + found.commands);
                    break;
                }
            }
        }
        return new Outcome(lines.size(), ran, holes, refused);
    }

    private static Found found(String line) {
        try {
            return Bash.parse(line) instanceof Parsed.Program program
                    ? Found.in(program.script())
                    : null;
        } catch (Words.TooManyWords e) {
            return null;
        }
    }
}
