package dev.bowline.tools.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The corpus `addresses.txt`: what is to be decided about which address, with a table of names
/// instead of a resolver.
final class AddressCases {
    static final String PUBLIC = "93.184.216.34";

    static final NameLookup NAMES =
            NameLookup.of(
                    Map.ofEntries(
                            Map.entry("*", List.of(PUBLIC)),
                            Map.entry("two-public.example", List.of(PUBLIC, "2606:4700::1")),
                            Map.entry("public-six.example", List.of("2606:4700::1")),
                            Map.entry("nat64-public.example", List.of("64:ff9b::808:808")),
                            Map.entry("loopback.example", List.of("127.0.0.1")),
                            Map.entry("loopback-six.example", List.of("::1")),
                            Map.entry("private.example", List.of("192.168.1.10")),
                            Map.entry("metadata-alias.example", List.of("169.254.169.254")),
                            Map.entry("one-of-two.example", List.of("10.0.0.1", PUBLIC)),
                            Map.entry(
                                    "last-of-three.example",
                                    List.of(PUBLIC, "2606:4700::1", "fd00::1")),
                            Map.entry("mapped.example", List.of("::ffff:127.0.0.1")),
                            Map.entry("mapped-public.example", List.of("::ffff:8.8.8.8")),
                            Map.entry("compat.example", List.of("::127.0.0.1")),
                            Map.entry("six-to-four.example", List.of("2002:7f00:1::")),
                            Map.entry("teredo.example", List.of("2001:0:7f00:1::")),
                            Map.entry("nat64-private.example", List.of("64:ff9b::a9fe:a9fe")),
                            Map.entry(
                                    "isatap-private.example",
                                    List.of("2606:4700::5efe:192.168.0.1")),
                            Map.entry("unique-local.example", List.of("fd12:3456::1")),
                            Map.entry("link-local.example", List.of("fe80::1")),
                            Map.entry("zero.example", List.of("0.0.0.0")),
                            Map.entry("broadcast.example", List.of("255.255.255.255")),
                            Map.entry("nothing.example", List.of()),
                            Map.entry("nowhere.example", List.of())));

    static final AddressPolicy POLICY = new AddressPolicy(NAMES, Set.of());

    private AddressCases() {}

    record Case(boolean allowed, String url) {}

    static List<Case> all() {
        try (var in = AddressCases.class.getResourceAsStream("addresses.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> {
                        int bar = line.indexOf('|');
                        return new Case(
                                line.startsWith("allow"),
                                unescaped(line.substring(bar + 1, line.length() - 1)));
                    })
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String unescaped(String text) {
        var out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\') {
                out.append(c);
                continue;
            }
            switch (text.charAt(++i)) {
                case 't' -> out.append('\t');
                case 'r' -> out.append('\r');
                case 'n' -> out.append('\n');
                case 'u' -> {
                    out.append((char) Integer.parseInt(text.substring(i + 1, i + 5), 16));
                    i += 4;
                }
                default -> out.append(text.charAt(i));
            }
        }
        return out.toString();
    }
}
