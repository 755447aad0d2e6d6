package dev.bowline.model;

import dev.bowline.error.ErrorCode;
import dev.bowline.message.StreamEvent;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Consumer;

/// A model that asks the next name of a list when one is overloaded, fails or does not exist. The
/// name in the request comes first. Listeners hear [StreamEvent.FellBack], which names both models;
/// what was streamed before it is void. Wrap a [RetryingModel] in this to retry each name before
/// the next.
public final class FallbackModel implements Model {
    private final Model model;
    private final Model last;
    private final List<String> names;

    private FallbackModel(Model model, Model last, List<String> names) {
        this.model = model;
        this.last = last;
        this.names = List.copyOf(names);
    }

    public static FallbackModel of(Model model, List<String> names) {
        return of(model, model, names);
    }

    /// `last` is asked when no other name is left; it may try for longer.
    public static FallbackModel of(Model model, Model last, List<String> names) {
        return new FallbackModel(model, last, names);
    }

    @Override
    public ModelReply reply(ModelRequest request, Consumer<? super StreamEvent> events)
            throws InterruptedException {
        var order = order(request.model());
        for (int i = 0; ; i++) {
            try {
                var name = order.get(i);
                return (i + 1 == order.size() ? last : model)
                        .reply(
                                name.equals(request.model()) ? request : request.withModel(name),
                                events);
            } catch (ModelException e) {
                if (i + 1 == order.size() || !another(e.code())) {
                    throw e;
                }
                events.accept(
                        new StreamEvent.FellBack(
                                order.get(i), order.get(i + 1), e.code(), RetryingModel.text(e)));
            }
        }
    }

    private List<String> order(String first) {
        var order = new LinkedHashSet<String>();
        order.add(first);
        order.addAll(names);
        return new ArrayList<>(order);
    }

    private static boolean another(ErrorCode code) {
        return code == ErrorCode.API_OVERLOADED
                || code == ErrorCode.API_SERVER
                || code == ErrorCode.API_MODEL_NOT_FOUND;
    }
}
