package dev.bowline.tools.web;

import dev.bowline.tool.ToolResult;
import dev.bowline.tools.TestContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A site, a session and the tool, for tests of what happens between them.
abstract class FetchTest {
    static final FetchLimits SMALL =
            new FetchLimits(
                    Duration.ofSeconds(20),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(10),
                    300_000,
                    10);

    @TempDir Path folder;
    TinySite site;
    TestContext context;

    @BeforeEach
    void open() throws IOException {
        site = new TinySite();
        context = new TestContext(folder);
    }

    @AfterEach
    void close() throws Exception {
        site.close();
        context.close();
    }

    static WebFetch tool(AddressPolicy policy, FetchLimits limits) {
        return new WebFetch(policy, limits, () -> (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    ToolResult fetch(String url, Object... more) throws Exception {
        return fetch(site.policy(), SMALL, url, more);
    }

    ToolResult fetch(AddressPolicy policy, FetchLimits limits, String url, Object... more)
            throws Exception {
        var fields = new ArrayList<Object>(List.of("url", url, "prompt", "what it says"));
        fields.addAll(List.of(more));
        return tool(policy, limits).call(TestContext.input(fields.toArray()), context);
    }
}
