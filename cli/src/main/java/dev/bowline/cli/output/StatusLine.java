package dev.bowline.cli.output;

import dev.bowline.budget.Money;
import dev.bowline.cli.console.Lines;
import dev.bowline.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

/// The live line at the bottom of a terminal: model, what is going on, seconds, tokens, cost.
/// Redrawn ten times a second by a thread of its own; anything else is written with the line out of
/// the way.
public final class StatusLine implements AutoCloseable {
    private static final String CLEAR = "\r\u001b[2K";
    private static final String WHEEL = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏";
    private static final Duration BEAT = Duration.ofMillis(100);

    private final Lines err;
    private final Style style;
    private final TimeSource time;
    private final int width;
    private final ReentrantLock lock = new ReentrantLock();
    private final Thread painter;
    private final long began;
    private String model;
    private String doing = "thinking";
    private long tokens;
    private long cost;
    private boolean hidden;
    private boolean drawn;
    private int turn;

    /// @param width columns of the terminal
    public StatusLine(Lines err, Style style, TimeSource time, int width, String model) {
        this.err = err;
        this.style = style;
        this.time = time;
        this.width = width;
        this.model = model;
        this.began = time.nanos();
        this.painter = Thread.ofVirtual().name("status-line").start(this::paint);
    }

    private void paint() {
        try {
            while (true) {
                draw();
                time.sleep(BEAT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public void model(String name) {
        model = name;
    }

    public void doing(String what) {
        doing = what;
    }

    /// What the turn has used so far; `cost` in nano-dollars.
    public void used(long tokens, long cost) {
        this.tokens = tokens;
        this.cost = cost;
    }

    private void draw() {
        lock.lock();
        try {
            if (!hidden) {
                err.write(CLEAR + style.dim(text()));
                drawn = true;
            }
        } finally {
            lock.unlock();
        }
    }

    private String text() {
        turn = (turn + 1) % WHEEL.length();
        var line =
                WHEEL.charAt(turn)
                        + " "
                        + model
                        + " · "
                        + doing
                        + " · "
                        + (time.nanos() - began) / 1_000_000_000L
                        + "s · "
                        + tokens(tokens)
                        + " tokens"
                        + (cost > 0 ? " · " + Money.text(cost) : "");
        return line.length() < width ? line : line.substring(0, Math.max(1, width - 1));
    }

    static String tokens(long count) {
        return count < 1000 ? Long.toString(count) : count / 1000 + "." + count % 1000 / 100 + "k";
    }

    /// Does something with the line gone; it comes back afterwards if it was there.
    public void aside(Runnable work) {
        lock.lock();
        try {
            clear();
            work.run();
        } finally {
            lock.unlock();
        }
    }

    /// Takes the line away until [#show()].
    public void hide() {
        lock.lock();
        try {
            hidden = true;
            clear();
        } finally {
            lock.unlock();
        }
    }

    public void show() {
        lock.lock();
        try {
            hidden = false;
        } finally {
            lock.unlock();
        }
    }

    private void clear() {
        if (drawn) {
            err.write(CLEAR);
            drawn = false;
        }
    }

    @Override
    public void close() {
        hide();
        painter.interrupt();
    }
}
