package dev.bowline.cli.wiring;

import dev.bowline.anthropic.AnthropicModel;
import dev.bowline.cli.args.Arguments;
import dev.bowline.cli.args.UsageException;
import dev.bowline.cli.console.Console;
import dev.bowline.model.FallbackModel;
import dev.bowline.model.Model;
import dev.bowline.model.Pricing;
import dev.bowline.model.Retry;
import dev.bowline.model.RetryingModel;
import dev.bowline.tools.offline.OfflineModel;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Chooses who answers, from the environment and the flags.
public final class Answerers {
    /// Asked when neither a flag nor the environment names a model.
    public static final String DEFAULT_MODEL = "claude-sonnet-5";

    /// How often an overloaded model is asked again before another one is.
    private static final int OVERLOADS = 2;

    private Answerers() {}

    /// The service if the environment names a credential or an address, else the offline model.
    public static Answerer of(Arguments args, Console console) {
        var environment = console.environment();
        boolean service =
                AnthropicModel.hasCredential(environment)
                        || !console.variable("ANTHROPIC_BASE_URL", "").isBlank();
        return service ? service(args, console) : offline(console);
    }

    private static Answerer service(Arguments args, Console console) {
        var service =
                AnthropicModel.fromEnvironment(
                        console.environment(),
                        options -> {
                            options.betas(betas(args));
                            clientApp(console).ifPresent(options::userAgent);
                        });
        var names = new ModelNames(console);
        var patient = RetryingModel.of(service, retry(console));
        Model model = patient;
        var others = args.value("--fallback-model").orElse("");
        if (!others.isBlank()) {
            model =
                    FallbackModel.of(
                            patient.overloadedAtMost(OVERLOADS),
                            patient,
                            Arrays.stream(others.split(",", -1))
                                    .map(String::strip)
                                    .filter(name -> !name.isEmpty())
                                    .map(name -> names.full(name, DEFAULT_MODEL))
                                    .toList());
        }
        var asked = args.value("--model", usual(args, console));
        if (asked.isBlank()) {
            throw new UsageException(
                    "--model needs the name of a model, for example " + DEFAULT_MODEL);
        }
        return new Answerer(
                model,
                names.full(asked, names.full(usual(args, console), DEFAULT_MODEL)),
                keySource(console),
                (name, usage) -> Pricing.published().cost(name, usage),
                service::close);
    }

    /// The program that uses the host's SDK, as it calls itself.
    private static Optional<String> clientApp(Console console) {
        var said = console.variable("CLAUDE_AGENT_SDK_CLIENT_APP", "").strip();
        return said.isEmpty() || said.chars().anyMatch(c -> c < ' ' || c > '~')
                ? Optional.empty()
                : Optional.of("client-app/" + said);
    }

    private static String usual(Arguments args, Console console) {
        return console.variable(
                "ANTHROPIC_MODEL", args.value(Permissions.SETTINGS_MODEL, DEFAULT_MODEL));
    }

    private static List<String> betas(Arguments args) {
        return args.all("--betas").stream()
                .flatMap(names -> Arrays.stream(names.split("[, ]+", -1)))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /// As often as usual, or as `CLAUDE_CODE_MAX_RETRIES` says.
    private static Retry retry(Console console) {
        var said = console.variable("CLAUDE_CODE_MAX_RETRIES", "");
        if (said.isBlank()) {
            return Retry.DEFAULT;
        }
        try {
            return Retry.DEFAULT.withMaxRetries(Integer.parseInt(said.strip()));
        } catch (IllegalArgumentException e) {
            throw new UsageException(
                    "CLAUDE_CODE_MAX_RETRIES must be a number from 0 on, not \"" + said + "\"");
        }
    }

    private static String keySource(Console console) {
        for (var name :
                new String[] {
                    "ANTHROPIC_AUTH_TOKEN", "ANTHROPIC_API_KEY", "CLAUDE_CODE_OAUTH_TOKEN"
                }) {
            if (!console.variable(name, "").isBlank()) {
                return name;
            }
        }
        return "none";
    }

    private static Answerer offline(Console console) {
        console.err().line("bowline: " + OfflineModel.NOTICE);
        return new Answerer(
                new OfflineModel(), OfflineModel.NAME, "none", (model, usage) -> 0, () -> {});
    }
}
