package dev.bowline.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What each module shows the world, compared with `exports/MODULE.txt`: a new promise is made on
/// purpose or not at all.
final class ExportsTest {
    @Test
    void everyModuleExportsWhatItsGoldenListSays() throws IOException {
        var modules = modules();
        assertEquals(
                "dev.bowline.anthropic dev.bowline.cli dev.bowline.core dev.bowline.project dev.bowline.testkit dev.bowline.tools",
                String.join(" ", modules.keySet()));
        for (var module : modules.entrySet()) {
            var golden = "exports/" + module.getKey() + ".txt";
            assertEquals(
                    read(golden),
                    exportsOf(module.getValue()),
                    () ->
                            "exports of "
                                    + module.getKey()
                                    + " changed; if that is meant, change checks/src/test/resources/"
                                    + golden);
        }
    }

    @Test
    void aQualifiedExportNamesWhoMaySeeIt() {
        var descriptor =
                ModuleDescriptor.newModule("m")
                        .exports("b", java.util.Set.of("friend"))
                        .exports("a")
                        .build();

        assertEquals("a\nb to friend\n", exportsOf(descriptor));
    }

    private static Map<String, ModuleDescriptor> modules() throws IOException {
        Map<String, ModuleDescriptor> modules = new TreeMap<>();
        for (URL url :
                Collections.list(
                        ExportsTest.class.getClassLoader().getResources("module-info.class"))) {
            try (InputStream bytes = url.openStream()) {
                var descriptor = ModuleDescriptor.read(bytes);
                if (descriptor.name().startsWith("dev.bowline.")) {
                    modules.put(descriptor.name(), descriptor);
                }
            }
        }
        return modules;
    }

    private static String exportsOf(ModuleDescriptor module) {
        return module.exports().stream()
                .map(export ->
                        export.source()
                                + (export.isQualified()
                                        ? " to " + String.join(", ", sorted(export))
                                        : "")
                                + "\n")
                .sorted()
                .collect(Collectors.joining());
    }

    private static java.util.List<String> sorted(ModuleDescriptor.Exports export) {
        return export.targets().stream().sorted().toList();
    }

    private static String read(String resource) throws IOException {
        try (InputStream bytes = ExportsTest.class.getClassLoader().getResourceAsStream(resource)) {
            assertNotNull(bytes, () -> "there is no checks/src/test/resources/" + resource);
            return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
