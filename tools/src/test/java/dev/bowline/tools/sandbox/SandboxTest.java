package dev.bowline.tools.sandbox;

import static org.junit.jupiter.api.Assertions.*;

import dev.bowline.json.Json;
import dev.bowline.tool.Access;
import dev.bowline.tool.Access.Fence;
import dev.bowline.tools.option.HostAndPort;
import dev.bowline.tools.option.SandboxSettings;
import dev.bowline.tools.option.SandboxSettings.Said;
import dev.bowline.tools.web.AddressPolicy;
import dev.bowline.tools.web.NameLookup;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SandboxTest {
    private static final Path BASE = Path.of("/base");
    private static final Bubblewrap THERE =
            new Bubblewrap(Path.of("/usr/bin/bwrap"), Optional.empty());
    private static final Bubblewrap MISSING =
            new Bubblewrap(Path.of("bwrap"), Optional.of("bwrap is not installed"));

    private static SandboxSettings settings(String... texts) {
        return SandboxSettings.of(
                Arrays.stream(texts)
                        .map(text -> new Said(Json.parse(text.replace('\'', '"')), BASE))
                        .toList());
    }

    private static Sandbox sandbox(Bubblewrap bubblewrap, String... texts) {
        return new Sandbox(
                settings(texts),
                new AddressPolicy(NameLookup.of(Map.of()), Set.of()),
                Limits.usual(),
                () -> bubblewrap);
    }

    private static Supplier<List<Access>> line(String... programs) {
        return () ->
                Arrays.stream(programs)
                        .<Access>map(program ->
                                new Access.Runs(
                                        program,
                                        Arrays.stream(program.split(" "))
                                                .map(Access.Word::new)
                                                .toList(),
                                        Access.Nature.PLAIN))
                        .toList();
    }

    @Test
    void nothingIsConfinedWhereNobodyWantsIt() {
        assertNull(sandbox(THERE).fence(line("ls"), false));
        assertNull(sandbox(MISSING).fence(line("ls"), true));
        assertTrue(sandbox(MISSING).problem().isEmpty());
        assertTrue(sandbox(MISSING).refusal(true).isEmpty());
    }

    @Test
    void commandsAreConfinedUnlessTheyAreExcludedOrLeave() {
        var sandbox =
                sandbox(
                        THERE,
                        "{'enabled':true,'excludedCommands':['docker','npm run e2e *','git:*']}");
        assertEquals(Fence.SEALED, sandbox.fence(line("ls"), false));
        assertEquals(Fence.LEFT, sandbox.fence(line("ls"), true));
        assertEquals(Fence.LEFT, sandbox.fence(line("docker ps"), false));
        assertEquals(Fence.LEFT, sandbox.fence(line("ls", "docker"), false));
        assertEquals(Fence.LEFT, sandbox.fence(line("npm run e2e"), false));
        assertEquals(Fence.LEFT, sandbox.fence(line("git push"), false));
        assertEquals(Fence.SEALED, sandbox.fence(line("dockerx ps"), false));
        assertEquals(Fence.SEALED, sandbox.fence(line("npm run build"), false));
        assertEquals(Fence.SEALED, sandbox.fence(line("echo docker ps"), false));
        assertEquals(Fence.SEALED, sandbox.fence(() -> List.of(), false));
    }

    @Test
    void aMissingSandboxIsNeverSilent() {
        var sandbox = sandbox(MISSING, "{'enabled':true,'excludedCommands':['docker']}");
        for (var leaves : List.of(true, false)) {
            assertEquals(Fence.MISSING, sandbox.fence(line("docker ps"), leaves));
            assertEquals(
                    Optional.of(new Access.Fenced(Fence.MISSING)),
                    sandbox.fact(line("ls"), leaves));
        }
        assertEquals(Optional.of("bwrap is not installed"), sandbox.problem());
        assertTrue(sandbox.refusal(false).isEmpty());
        var required = sandbox(MISSING, "{'enabled':true,'failIfUnavailable':true}");
        assertTrue(required.refusal(false).orElseThrow().contains("bwrap is not installed"));
        assertTrue(
                sandbox(THERE, "{'enabled':true,'failIfUnavailable':true}")
                        .refusal(false)
                        .isEmpty());
    }

    @Test
    void theRulesHearOfItOnlyWhereItSparesQuestions() {
        var quiet = sandbox(THERE, "{'enabled':true}");
        assertEquals(Optional.of(new Access.Fenced(Fence.SEALED)), quiet.fact(line("ls"), false));
        var asking = sandbox(THERE, "{'enabled':true,'autoAllowBashIfSandboxed':false}");
        assertEquals(Optional.empty(), asking.fact(line("ls"), false));
        assertEquals(Optional.of(new Access.Fenced(Fence.LEFT)), asking.fact(line("ls"), true));
        assertEquals(Fence.SEALED, asking.fence(line("ls"), false));
    }

    @Test
    void leavingCanBeForbidden() {
        var sandbox = sandbox(THERE, "{'enabled':true,'allowUnsandboxedCommands':false}");
        assertTrue(sandbox.refusal(true).orElseThrow().contains("allowUnsandboxedCommands"));
        assertTrue(sandbox.refusal(false).isEmpty());
    }

    @Test
    void theFirstWordCountsAndListsArePutTogether() {
        var all =
                settings(
                        "{'enabled':true,'network':{'allowedDomains':['a.example']}}",
                        "{'enabled':false,'failIfUnavailable':true,'network':{'allowedDomains':['a.example','*.b.example:8443'],'httpProxyPort':3128},'filesystem':{'allowWrite':['out','~/.cache','/x','//y']}}");
        assertTrue(all.enabled());
        assertTrue(all.failIfUnavailable());
        assertEquals(List.of("a.example", "*.b.example:8443"), all.network().allowed());
        assertEquals(3128, all.network().proxyPort());
        assertEquals(List.of("/base/out", "~/.cache", "/x", "/y"), all.files().writable());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'enabled':'yes'} | sandbox.enabled: it must be true or false",
                "{'excludedCommands':'docker'} | sandbox.excludedCommands: it must be a list of texts",
                "{'excludedCommands':['']} | sandbox.excludedCommands: it must be a list of texts",
                "{'network':{'allowedDomains':[1]}} | sandbox.network.allowedDomains: it must be a list of texts",
                "{'network':{'allowedDomains':['http://a.example/']}} | sandbox.network.allowedDomains: ",
                "{'network':{'httpProxyPort':70000}} | sandbox.network.httpProxyPort: it must be the number of a port",
                "{'network':{'httpProxyPort':1.5}} | sandbox.network.httpProxyPort: it must be the number of a port",
                "{'network':{'socksProxyPort':1080}} | sandbox.network.socksProxyPort: this is not supported",
                "{'network':{'allowManagedDomainsOnly':true}} | sandbox.network.allowManagedDomainsOnly: this is not supported",
                "{'network':[]} | sandbox.network: it must be an object",
                "[] | sandbox: it must be an object",
                "{'filesystem':{'denyRead':{}}} | sandbox.filesystem.denyRead: it must be a list of texts",
            })
    void valuesThatCanNotBeUsedAreNamed(String text, String problem) {
        var thrown = assertThrows(IllegalArgumentException.class, () -> settings(text));
        assertTrue(thrown.getMessage().contains(problem), thrown.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'enabled':false}",
                "{'network':{'allowLocalBinding':true,'allowUnixSockets':['/run/x'],'allowManagedDomainsOnly':false}}",
                "{'unknown':1}"
            })
    void otherValuesDoNoHarm(String text) {
        assertFalse(settings(text).enabled());
    }

    @ParameterizedTest
    @CsvSource({
        "a.example, a.example, 0",
        "a.example:8443, a.example, 8443",
        "*:8443, *, 8443",
        "'[::1]:80', '[::1]', 80",
        "'::1', '::1', 0",
        "a.example:, a.example:, 0",
        "a.example:x, a.example:x, 0"
    })
    void portsStandBehindHosts(String text, String host, int port) {
        assertEquals(new HostAndPort(host, port), HostAndPort.of(text));
    }
}
