package dev.bowline.tools.sandbox;

import java.nio.file.Path;

/// What programs inside find where they look for a proxy: a few lines of Perl that pass every
/// connection on to the proxy's socket. Inside there is no other way out.
record Forwarder(Path perl) {
    /// Where the socket's folder is inside.
    static final Path FOLDER = Path.of("/run/bowline");

    static final String SOCKET = "proxy";

    private static final int PORT = 3128;

    /// The address of the proxy inside.
    static final String ADDRESS = "http://127.0.0.1:" + PORT;

    private static final String SCRIPT =
            """
            use Socket; $SIG{CHLD} = "IGNORE"; $0 = "bowline-proxy";
            sub copy { my ($f, $t) = @_;
              while (sysread($f, my $b, 65536)) {
                while (length $b) { my $n = syswrite($t, $b) or return; substr($b, 0, $n) = "" } }
              shutdown($t, 1) }
            socket(my $l, PF_INET, SOCK_STREAM, 0) or die; setsockopt($l, SOL_SOCKET, SO_REUSEADDR, 1);
            bind($l, sockaddr_in(OUR_PORT, INADDR_LOOPBACK)) && listen($l, 64) or die; exit if fork;
            open(STDOUT, ">/dev/null"); open(STDERR, ">/dev/null");
            while (accept(my $c, $l)) {
              next if fork; close $l;
              socket(my $u, PF_UNIX, SOCK_STREAM, 0) or exit;
              connect($u, sockaddr_un("OUR_PATH")) or exit;
              if (fork) { copy($c, $u) } else { copy($u, $c) }
              exit }
            """
                    .replace("OUR_PORT", Integer.toString(PORT))
                    .replace("OUR_PATH", FOLDER.resolve(SOCKET).toString());

    /// A command of bash that returns when the address can be used.
    String script() {
        return perl + " -e '" + SCRIPT + "'; ";
    }
}
