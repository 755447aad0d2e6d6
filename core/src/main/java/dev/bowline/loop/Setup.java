package dev.bowline.loop;

import dev.bowline.budget.Ledger;
import dev.bowline.hook.Hook;
import dev.bowline.json.Json;
import dev.bowline.memory.Compaction;
import dev.bowline.memory.ContextStrategy;
import dev.bowline.message.Usage;
import dev.bowline.model.Model;
import dev.bowline.model.Thinking;
import dev.bowline.permission.Approver;
import dev.bowline.permission.Boundary;
import dev.bowline.permission.PermissionMode;
import dev.bowline.permission.PermissionStore;
import dev.bowline.permission.RuleBook;
import dev.bowline.time.TimeSource;
import dev.bowline.tool.Interceptor;
import dev.bowline.tool.ToolRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongBiFunction;
import org.jspecify.annotations.Nullable;

/// Everything that a session is run with. `prices` gives the cost of a call in nano-dollars, or -1;
/// `extra` are further members of each request.
public record Setup(
        String version,
        Model model,
        String modelName,
        List<String> instructions,
        ToolRegistry tools,
        PermissionMode mode,
        RuleBook rules,
        Boundary boundary,
        List<String> secrets,
        Approver approver,
        Supplier<List<Hook>> hooks,
        List<Interceptor> interceptors,
        Path directory,
        Map<String, String> environment,
        Limits limits,
        Ledger ledger,
        ToLongBiFunction<String, Usage> prices,
        Thinking thinking,
        @Nullable Double temperature,
        ContextStrategy context,
        List<Function<String, Optional<String>>> filters,
        int promptsPerMinute,
        boolean fileCheckpoints,
        TimeSource time,
        Supplier<UUID> ids,
        PermissionStore permissionStore,
        Compaction compaction,
        Map<String, Json> extra,
        ThreadFactory threads) {
    public Setup withTools(ToolRegistry own) {
        return new Setup(
                version,
                model,
                modelName,
                instructions,
                own,
                mode,
                rules,
                boundary,
                secrets,
                approver,
                hooks,
                interceptors,
                directory,
                environment,
                limits,
                ledger,
                prices,
                thinking,
                temperature,
                context,
                filters,
                promptsPerMinute,
                fileCheckpoints,
                time,
                ids,
                permissionStore,
                compaction,
                extra,
                threads);
    }
}
