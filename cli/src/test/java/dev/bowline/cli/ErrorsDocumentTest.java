package dev.bowline.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bowline.error.ErrorCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class ErrorsDocumentTest {
    @Test
    void everyCodeHasExactlyOneRowAndNoRowIsLeftOver() throws Exception {
        var text = Files.readString(Path.of("..", "docs", "errors.md"));
        var rows =
                Pattern.compile("(?m)^\\| `([a-z_]+)`[ *]*\\| \\S.* \\| \\S.* \\|$")
                        .matcher(text)
                        .results()
                        .map(row -> row.group(1))
                        .sorted()
                        .toList();
        var codes =
                Arrays.stream(ErrorCode.values())
                        .map(ErrorCode::wire)
                        .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(codes.stream().toList(), rows);
    }
}
