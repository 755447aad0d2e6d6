package dev.bowline.testkit.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A self-signed certificate for `localhost` and 127.0.0.1, made once per JVM by the running JDK's
/// `keytool` and kept in memory only.
///
/// @param server the context a server answers with
/// @param client a context that trusts this certificate and nothing else
public record LoopbackIdentity(SSLContext server, SSLContext client) {
    private static final char[] PASSWORD = "loopback".toCharArray();

    /// The certificate of this JVM.
    ///
    /// @throws IllegalStateException when the running Java image has no `keytool`
    public static LoopbackIdentity shared() {
        return Shared.IDENTITY;
    }

    private static LoopbackIdentity create() {
        try {
            var folder = Files.createTempDirectory("bowline-tls");
            var file = folder.resolve("identity.p12");
            try {
                keytool(file);
                return of(file);
            } finally {
                Files.deleteIfExists(file);
                Files.deleteIfExists(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "no certificate could be made for the TLS test server", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(
                    "the certificate of the TLS test server was refused by this JDK", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while keytool made a certificate", e);
        }
    }

    private static void keytool(Path file) throws IOException, InterruptedException {
        var tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        if (!Files.isExecutable(tool) && !Files.isExecutable(Path.of(tool + ".exe"))) {
            throw new IllegalStateException(
                    "no keytool in " + tool.getParent() + "; run TLS tests on a full JDK");
        }
        var process =
                new ProcessBuilder(
                                tool.toString(),
                                "-genkeypair",
                                "-alias",
                                "loopback",
                                "-keyalg",
                                "EC",
                                "-groupname",
                                "secp256r1",
                                "-dname",
                                "CN=localhost",
                                "-ext",
                                "san=dns:localhost,ip:127.0.0.1",
                                "-validity",
                                "2",
                                "-storetype",
                                "PKCS12",
                                "-storepass",
                                new String(PASSWORD),
                                "-keystore",
                                file.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("keytool did not finish within 60 s");
        }
        if (process.exitValue() != 0) {
            throw new IllegalStateException("keytool ended with exit code " + process.exitValue());
        }
    }

    private static LoopbackIdentity of(Path file) throws IOException, GeneralSecurityException {
        var keys = KeyStore.getInstance(file.toFile(), PASSWORD);
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        var server = SSLContext.getInstance("TLS");
        server.init(managers.getKeyManagers(), null, null);
        var trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("loopback", keys.getCertificate("loopback"));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        var client = SSLContext.getInstance("TLS");
        client.init(null, trust.getTrustManagers(), null);
        return new LoopbackIdentity(server, client);
    }

    private static final class Shared {
        static final LoopbackIdentity IDENTITY = create();
    }
}
