package dev.bowline.bench.jmh;

import dev.bowline.transcript.Entry;
import dev.bowline.transcript.SessionState;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// The fold of a stored session, and the messages that the model would be shown.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class FoldBench {
    @Param({"10", "2000"})
    public int turns;

    private List<Entry> entries = List.of();
    private SessionState state = SessionState.EMPTY;

    @Setup
    public void makeSession() throws InterruptedException {
        entries = Samples.session(turns);
        state = SessionState.of(entries);
    }

    @Benchmark
    public Object wholeSession() {
        return SessionState.of(entries);
    }

    @Benchmark
    public Object messages() {
        return state.messages();
    }
}
