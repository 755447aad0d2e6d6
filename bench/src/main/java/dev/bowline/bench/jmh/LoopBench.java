package dev.bowline.bench.jmh;

import dev.bowline.Agent;
import dev.bowline.bench.InstantModel;
import dev.bowline.transcript.Outcome;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// The whole loop with a model that costs nothing, in memory, each time in a session of its own: a
/// text turn of twenty pieces, and one tool call out of a turn of twenty.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class LoopBench {
    private static final int CALLS = 20;

    private final Agent talker = Agent.of(new InstantModel(0), Samples::options);
    private final Agent caller = Agent.of(new InstantModel(CALLS), Samples::options);

    @Benchmark
    public Outcome turn() throws InterruptedException {
        return oneTurn(talker);
    }

    @Benchmark
    @OperationsPerInvocation(CALLS)
    public Outcome toolCall() throws InterruptedException {
        return oneTurn(caller);
    }

    private static Outcome oneTurn(Agent agent) throws InterruptedException {
        try (var session = agent.open()) {
            var outcome = session.prompt("go").await();
            agent.sessions().delete(session.id());
            return outcome;
        }
    }

    @TearDown
    public void close() {
        talker.close();
        caller.close();
    }
}
