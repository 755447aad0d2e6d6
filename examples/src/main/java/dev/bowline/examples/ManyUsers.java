package dev.bowline.examples;

import dev.bowline.Agent;
import dev.bowline.SessionPool;
import dev.bowline.model.Model;
import dev.bowline.testkit.ScriptedModel;
import dev.bowline.transcript.SessionId;

/// Serves many users from one process: sessions stay warm, and no user keeps the others out.
public final class ManyUsers {
    private ManyUsers() {}

    static int run(Model model, int users) throws InterruptedException {
        try (var agent = Agent.of(model, a -> a.promptsPerMinute(30));
                var pool = SessionPool.of(agent, p -> p.maxRunning(8))) {
            var threads = new Thread[users];
            for (int i = 0; i < users; i++) {
                var user = "user-" + i;
                threads[i] = Thread.ofVirtual().start(() -> greet(pool, user));
            }
            for (var thread : threads) {
                thread.join();
            }
            return pool.openSessions();
        }
    }

    private static void greet(SessionPool pool, String user) {
        try {
            pool.use(user, new SessionId(user), session -> session.prompt("Hello!").text());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public static void main(String[] args) throws InterruptedException {
        System.out.println(
                run(ScriptedModel.answering(request -> ScriptedModel.text("Hello to you.")), 100)
                        + " sessions are warm");
    }
}
