package dev.bowline.bench.driver;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/// The two streams of the protocol: lines that begin with `@` go out at once, lines that come in
/// mean "go on".
final class Lines {
    private final PrintStream out;
    private final BufferedReader in;

    Lines() {
        this(
                System.out,
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
    }

    Lines(PrintStream out, BufferedReader in) {
        this.out = out;
        this.in = in;
    }

    /// Prints `@name`, alone or with a JSON object.
    synchronized void say(String name, String... json) {
        out.println(("@" + name + " " + String.join("", json)).stripTrailing());
        out.flush();
    }

    /// Waits for the next line, or the end of the input.
    void await() throws IOException {
        in.readLine();
    }

    static String array(double[] numbers) {
        return Arrays.stream(numbers).mapToObj(Lines::number).toList().toString();
    }

    static String array(Collection<Double> numbers) {
        return numbers.stream().map(Lines::number).collect(Collectors.toList()).toString();
    }

    static String number(double number) {
        return String.format(Locale.ROOT, "%.4f", number);
    }
}
