package dev.bowline.tools.file;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// What kind of binary file something is, by its first bytes.
final class Signature {
    private static final Map<String, String> KNOWN = new LinkedHashMap<>();

    static {
        KNOWN.put("\u007fELF", "ELF program or library");
        KNOWN.put("PK\u0003\u0004", "zip archive, jar or office document");
        KNOWN.put("\u001f\u008b", "gzip data");
        KNOWN.put("BZh", "bzip2 data");
        KNOWN.put("\u00fd7zXZ", "xz data");
        KNOWN.put("(\u00b5/\u00fd", "zstd data");
        KNOWN.put("\u00ca\u00fe\u00ba\u00be", "Java class or universal binary");
        KNOWN.put("\u00cf\u00fa\u00ed\u00fe", "Mach-O program or library");
        KNOWN.put("MZ", "Windows program or library");
        KNOWN.put("SQLite format 3", "SQLite database");
        KNOWN.put("\u0000asm", "WebAssembly module");
        KNOWN.put("RIFF", "RIFF media");
        KNOWN.put("OggS", "Ogg media");
        KNOWN.put("ID3", "MP3 audio");
    }

    private Signature() {}

    static String of(byte[] start) {
        var text = new String(start, StandardCharsets.ISO_8859_1);
        return KNOWN.entrySet().stream()
                .filter(known -> text.startsWith(known.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("unknown kind, has NUL bytes");
    }
}
