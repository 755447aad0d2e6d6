package dev.bowline.tools.syntax;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// The text in `$'…'`. Bytes must be UTF-8 in the end; a zero byte ends the text.
final class AnsiText {
    private final Cursor in;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean ended;

    AnsiText(Cursor in) {
        this.in = in;
    }

    /// Reads up to and with the closing quote; the opening one has been taken.
    String read() {
        int start = in.at;
        int c = in.nextRaw();
        while (c != '\'') {
            if (c == Cursor.END) {
                in.at = start;
                throw in.refuse("A `$'` is not closed.");
            }
            if (c == '\\') {
                escape(in.nextRaw());
            } else {
                plain(c);
            }
            c = in.nextRaw();
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            in.at = start;
            throw in.refuse("The bytes in `$'…'` are not UTF-8.");
        }
    }

    private void escape(int c) {
        switch (c) {
            case 'a' -> put(7);
            case 'b' -> put(8);
            case 'e', 'E' -> put(27);
            case 'f' -> put(12);
            case 'n' -> put(10);
            case 'r' -> put(13);
            case 't' -> put(9);
            case 'v' -> put(11);
            case '\\', '\'', '"', '?' -> put(c);
            case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                in.at--;
                put(number(8, 3) & 0xff);
            }
            case 'x' -> hexadecimal();
            case 'u' -> code(4, 'u');
            case 'U' -> code(8, 'U');
            case 'c' -> control();
            case Cursor.END -> {}
            default -> {
                put('\\');
                plain(c);
            }
        }
    }

    private void hexadecimal() {
        if (in.raw(in.at) == '{') {
            throw in.refuse("`\\x{` in `$'…'` is not understood.");
        }
        if (Character.digit(in.raw(in.at), 16) < 0) {
            put('\\');
            put('x');
        } else {
            put(number(16, 2));
        }
    }

    private void code(int digits, char letter) {
        if (Character.digit(in.raw(in.at), 16) < 0) {
            put('\\');
            put(letter);
            return;
        }
        int code = number(16, digits);
        if (!Character.isValidCodePoint(code) || code >= 0xd800 && code <= 0xdfff) {
            throw in.refuse("`\\" + letter + "` in `$'…'` is not a character.");
        }
        for (byte part : Character.toString(code).getBytes(StandardCharsets.UTF_8)) {
            put(part);
        }
    }

    private void control() {
        int c = in.nextRaw();
        if (!Characters.nameStart(c) && c != '[' && c != ']' && c != '@') {
            throw in.refuse("`\\c` in `$'…'` has no letter.");
        }
        put(Character.toUpperCase(c) & 0x1f);
    }

    private int number(int radix, int digits) {
        int value = 0;
        int last = in.at + digits;
        while (in.at < last && in.raw(in.at) < 128 && Character.digit(in.raw(in.at), radix) >= 0) {
            value = value * radix + Character.digit(in.nextRaw(), radix);
        }
        return value;
    }

    /// A character as it stands, which may be the first half of a pair.
    private void plain(int c) {
        String text = String.valueOf((char) c);
        if (Character.isHighSurrogate((char) c)) {
            text += (char) in.nextRaw();
        }
        for (byte part : text.getBytes(StandardCharsets.UTF_8)) {
            put(part);
        }
    }

    private void put(int value) {
        ended |= value == 0;
        if (!ended) {
            bytes.write(value);
        }
    }
}
