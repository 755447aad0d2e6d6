package dev.bowline.permission;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// A label of a host name with letters beyond ASCII: only letters, marks and digits that stay what
/// they are when normalised, so that nothing can turn into another name, and of scripts that one
/// language mixes, so that nothing looks like another name.
final class ForeignLabel {
    /// Scripts that are written together, each also with Latin.
    private static final List<Set<UnicodeScript>> TOGETHER =
            List.of(
                    EnumSet.of(
                            UnicodeScript.LATIN,
                            UnicodeScript.HAN,
                            UnicodeScript.HIRAGANA,
                            UnicodeScript.KATAKANA),
                    EnumSet.of(UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.HANGUL),
                    EnumSet.of(UnicodeScript.LATIN, UnicodeScript.HAN, UnicodeScript.BOPOMOFO));

    private ForeignLabel() {}

    /// In lower case, ready to be encoded.
    static String of(String label, String host) {
        var lower = Normalizer.normalize(label.toLowerCase(Locale.ROOT), Normalizer.Form.NFC);
        boolean plain =
                lower.codePoints().allMatch(ForeignLabel::isPlain)
                        && lower.codePoints().anyMatch(Character::isLetter)
                        && !isMark(lower.codePointAt(0))
                        && Normalizer.isNormalized(lower, Normalizer.Form.NFKC);
        if (!plain) {
            throw HostName.refused(host, "has an odd character");
        }
        if (!fitTogether(lower)) {
            throw HostName.refused(host, "mixes letters that look alike");
        }
        return lower;
    }

    private static boolean isPlain(int c) {
        return c == '-'
                || c == '_'
                || c == 0xB7
                || c == 0x30FB
                || (Character.isLetterOrDigit(c) || isMark(c)) && !isUnseen(c);
    }

    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }

    /// Letters and marks that are drawn as nothing (`Default_Ignorable_Code_Point` of Unicode).
    private static boolean isUnseen(int c) {
        return c == 0x34F
                || c == 0x115F
                || c == 0x1160
                || c == 0x17B4
                || c == 0x17B5
                || c >= 0x180B && c <= 0x180F
                || c == 0x3164
                || c >= 0xFE00 && c <= 0xFE0F
                || c == 0xFFA0
                || c >= 0xE0000;
    }

    private static boolean fitTogether(String label) {
        var scripts = EnumSet.noneOf(UnicodeScript.class);
        label.codePoints().mapToObj(UnicodeScript::of).forEach(scripts::add);
        scripts.remove(UnicodeScript.COMMON);
        scripts.remove(UnicodeScript.INHERITED);
        return scripts.size() <= 1
                || TOGETHER.stream().anyMatch(together -> together.containsAll(scripts));
    }
}
