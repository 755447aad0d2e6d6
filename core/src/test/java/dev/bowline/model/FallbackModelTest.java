package dev.bowline.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bowline.error.ErrorCode;
import dev.bowline.message.Message;
import dev.bowline.message.StopReason;
import dev.bowline.message.StreamEvent;
import dev.bowline.message.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FallbackModelTest {
    private final List<String> asked = new ArrayList<>();
    private final List<StreamEvent> heard = new ArrayList<>();

    private Model service(Map<String, ErrorCode> broken) {
        return (request, events) -> {
            asked.add(request.model());
            var code = broken.get(request.model());
            if (code != null) {
                throw new ModelException(code, "Out of order.", 529, true, null, null, null);
            }
            return ModelReply.of("id", request.model(), List.of(), StopReason.END_TURN, Usage.NONE);
        };
    }

    private ModelReply ask(Model model, String... names) throws InterruptedException {
        return FallbackModel.of(model, List.of(names))
                .reply(ModelRequest.of("a", List.of(Message.user("x"))), heard::add);
    }

    @Test
    void asksTheNextNameWhenOneIsOverloadedOrMissing() throws Exception {
        var service =
                service(Map.of("a", ErrorCode.API_OVERLOADED, "b", ErrorCode.API_MODEL_NOT_FOUND));
        assertEquals("c", ask(service, "b", "a", "c").model());
        assertEquals(List.of("a", "b", "c"), asked);
    }

    @Test
    void namesBothModelsInTheEvent() throws Exception {
        ask(service(Map.of("a", ErrorCode.API_SERVER)), "b");
        assertEquals(
                List.of(new StreamEvent.FellBack("a", "b", ErrorCode.API_SERVER, "Out of order.")),
                heard);
    }

    @Test
    void otherFailuresAreTheCallers() {
        var service = service(Map.of("a", ErrorCode.API_AUTHENTICATION));
        var thrown = assertThrows(ModelException.class, () -> ask(service, "b"));
        assertEquals(ErrorCode.API_AUTHENTICATION, thrown.code());
        assertEquals(List.of("a"), asked);
    }

    @Test
    void theFailureOfTheLastNameIsThrown() {
        var service = service(Map.of("a", ErrorCode.API_OVERLOADED, "b", ErrorCode.API_SERVER));
        var thrown = assertThrows(ModelException.class, () -> ask(service, "b"));
        assertEquals(ErrorCode.API_SERVER, thrown.code());
    }

    @Test
    void retriesEachNameBeforeTheNext() throws Exception {
        var time = new VirtualTime();
        var retrying =
                RetryingModel.of(
                        service(Map.of("a", ErrorCode.API_OVERLOADED)),
                        Retry.DEFAULT.withMaxRetries(2),
                        time,
                        () -> 0L);
        assertEquals("b", ask(retrying, "b").model());
        assertEquals(List.of("a", "a", "a", "b"), asked);
        assertTrue(time.nanos() > 0);
    }

    @Test
    void givesUpAnOverloadedModelSoonUnlessItIsTheLast() throws Exception {
        var broken = Map.of("a", ErrorCode.API_OVERLOADED, "b", ErrorCode.API_OVERLOADED);
        var patient =
                RetryingModel.of(
                        service(broken),
                        Retry.DEFAULT.withMaxRetries(4),
                        new VirtualTime(),
                        () -> 0L);
        var model = FallbackModel.of(patient.overloadedAtMost(2), patient, List.of("b"));
        var request = ModelRequest.of("a", List.of(Message.user("x")));
        assertThrows(ModelException.class, () -> model.reply(request, heard::add));
        assertEquals(List.of("a", "a", "a", "b", "b", "b", "b", "b"), asked);
    }
}
