package dev.bowline.anthropic;

import static dev.bowline.anthropic.Models.ask;
import static dev.bowline.testkit.api.FakeReply.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.anthropic.http.Endpoint;
import dev.bowline.anthropic.http.Proxy;
import dev.bowline.error.BowlineException;
import dev.bowline.error.ErrorCode;
import dev.bowline.testkit.FakeMessagesApi;
import dev.bowline.testkit.api.FakeRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentTest {
    private static FakeRequest request(Map<String, String> env) throws Exception {
        try (var api = FakeMessagesApi.start(a -> a.reply(text("x")))) {
            var all = new HashMap<>(env);
            all.put("ANTHROPIC_BASE_URL", api.baseUrl() + "/");
            try (var model = AnthropicModel.fromEnvironment(all)) {
                ask(model);
                return api.lastRequest();
            }
        }
    }

    @Test
    void aBearerTokenWinsOverAKey() throws Exception {
        var request =
                request(Map.of("ANTHROPIC_API_KEY", "key", "ANTHROPIC_AUTH_TOKEN", " token "));
        assertEquals("Bearer token", request.header("authorization"));
        assertEquals("", request.header("x-api-key"));
    }

    @Test
    void aPersonalTokenBringsItsBeta() throws Exception {
        var request = request(Map.of("CLAUDE_CODE_OAUTH_TOKEN", "t", "ANTHROPIC_BETAS", "a, b"));
        assertEquals("Bearer t", request.header("authorization"));
        assertEquals(List.of("oauth-2025-04-20", "a", "b"), request.betas());
    }

    @Test
    void customHeadersAreOneALine() throws Exception {
        var request =
                request(
                        Map.of(
                                "ANTHROPIC_API_KEY", "key",
                                "ANTHROPIC_CUSTOM_HEADERS",
                                        "X-One: 1\n\nX-Two: a: b\r\nX-Api-Key: other"));
        assertEquals("1", request.header("x-one"));
        assertEquals("a: b", request.header("x-two"));
        assertEquals("other", request.header("x-api-key"));
    }

    @ParameterizedTest
    @CsvSource({
        "ANTHROPIC_BASE_URL, ftp://x",
        "ANTHROPIC_BASE_URL, localhost:8080",
        "ANTHROPIC_BASE_URL, http://",
        "ANTHROPIC_BASE_URL, http://a b",
        "ANTHROPIC_BASE_URL, http://u:sk-secret@host",
        "ANTHROPIC_BASE_URL, http://host:99999",
        "ANTHROPIC_BASE_URL, http://host/?a=b",
        "ANTHROPIC_API_KEY, sk-secret\u0007x",
        "ANTHROPIC_CUSTOM_HEADERS, sk-secret",
        "ANTHROPIC_CUSTOM_HEADERS, Host: sk-secret",
        "ANTHROPIC_BETAS, a b",
        "API_TIMEOUT_MS, soon",
        "API_TIMEOUT_MS, 0"
    })
    void aVariableThatCannotBeUsedIsNamed(String name, String value) {
        var failure =
                assertThrows(
                        BowlineException.class,
                        () -> AnthropicModel.fromEnvironment(Map.of(name, value)));
        var message = String.valueOf(failure.getMessage());
        assertEquals(ErrorCode.CONFIG_INVALID, failure.code());
        assertTrue(message.startsWith("The environment variable " + name), message);
        assertFalse(message.contains("sk-secret"), message);
    }

    @Test
    void aProxyThatCannotBeUsedIsRefusedWithoutItsPassword() {
        var failure =
                assertThrows(
                        BowlineException.class,
                        () ->
                                AnthropicModel.fromEnvironment(
                                        Map.of("https_proxy", "socks5://u:sk-secret@h:1")));
        assertFalse(String.valueOf(failure.getMessage()).contains("sk-secret"));
    }

    @Test
    void nothingThatIsPrintedShowsASecret() {
        AnthropicModel.of(
                        o -> {
                            o.apiKey("sk-secret")
                                    .proxy("http://u:sk-secret@h:1")
                                    .header("x", "sk-secret");
                            assertFalse(o.toString().contains("sk-secret"));
                        })
                .close();
        assertFalse(Proxy.of("http://u:sk-secret@h:1").toString().contains("sk-secret"));
        try (var model = AnthropicModel.of(o -> o.apiKey("sk-secret"))) {
            assertFalse(model.toString().contains("sk-secret"));
        }
    }

    @Test
    void knowsWhetherThereIsACredential() {
        assertTrue(AnthropicModel.hasCredential(Map.of("ANTHROPIC_API_KEY", "x")));
        assertFalse(AnthropicModel.hasCredential(Map.of("ANTHROPIC_API_KEY", " ")));
    }

    @ParameterizedTest
    @CsvSource({
        "http://h, h, 80, ''",
        "https://h/, h, 443, ''",
        "HTTPS://h:8443/a/b/, h, 8443, /a/b",
        "https://h/v1, h, 443, ''",
        "https://h/x/v1/, h, 443, /x",
        "http://[::1]:9, [::1], 9, ''"
    })
    void aBaseUrlIsTakenApart(String url, String host, int port, String path) {
        var endpoint = Endpoint.of(url);
        assertEquals(host, endpoint.host());
        assertEquals(port, endpoint.port());
        assertEquals(path, endpoint.path());
    }

    private static String proxy(String url, String... env) {
        var all = new HashMap<String, String>();
        for (int i = 0; i < env.length; i += 2) {
            all.put(env[i], env[i + 1]);
        }
        return String.valueOf(Proxy.from(all, Endpoint.of(url)));
    }

    @Test
    void theProxyDependsOnTheScheme() {
        var both = new String[] {"https_proxy", "http://a:1", "HTTP_PROXY", "b:2"};
        assertEquals("a:1", proxy("https://h", both));
        assertEquals("b:2", proxy("http://h", both));
        assertEquals("c:3", proxy("https://h", "ALL_PROXY", "c:3"));
        assertEquals("null", proxy("https://h", "HTTP_PROXY", "b:2"));
        assertEquals("null", proxy("http://127.0.0.1:8080", both));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "api.example.com",
                "example.com",
                ".example.com",
                "*.example.com",
                "x, example.com:443 y"
            })
    void hostsThatAreExemptAreAskedDirectly(String exempt) {
        assertEquals(
                "null", proxy("https://api.example.com", "HTTPS_PROXY", "p:1", "no_proxy", exempt));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ample.com", "api.example.com:80", "other"})
    void otherHostsAreNotExempt(String exempt) {
        assertEquals(
                "p:1", proxy("https://api.example.com", "HTTPS_PROXY", "p:1", "NO_PROXY", exempt));
    }
}
