package dev.bowline.testkit.crash;

import dev.bowline.testkit.CrashingStore;
import dev.bowline.transcript.JsonlStore;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/// The process that is killed: `CrashChild FOLDER MOMENT`, where the moment is `3 MIDDLE` (of an
/// append) or `before note a` (of a tool). Says STOPPED there and waits for its end.
final class CrashChild {
    private CrashChild() {}

    public static void main(String[] args) throws Exception {
        var folder = Path.of(args[0]);
        var moment = args[1];
        var store =
                new CrashingStore(
                        new JsonlStore(folder.resolve("config")),
                        point(moment),
                        CrashChild::stop,
                        number -> ReferenceTurn.add(folder.resolve("acknowledged"), "" + number));
        var side = folder.resolve("side");
        var agent =
                ReferenceTurn.agent(
                        store,
                        side,
                        reached -> {
                            if (reached.equals(moment)) {
                                stop();
                            }
                        });
        try (var session = agent.open(ReferenceTurn.ID)) {
            session.prompt("go").await();
        }
        System.out.println("DONE " + store.appends());
    }

    private static CrashingStore.Point point(String moment) {
        var words = moment.split(" ");
        return Character.isDigit(moment.charAt(0))
                ? new CrashingStore.Point(
                        Integer.parseInt(words[0]), CrashingStore.Moment.valueOf(words[1]))
                : new CrashingStore.Point(0, CrashingStore.Moment.BEFORE);
    }

    private static void stop() {
        System.out.println("STOPPED");
        System.out.flush();
        while (true) {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException again) {
                // only SIGKILL ends this
            }
        }
    }
}
