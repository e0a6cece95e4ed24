package dev.penstock.platform.running;

import dev.penstock.db.testing.TestDatabase;
import dev.penstock.frame.testing.TestIssuer;
import dev.penstock.platform.PlatformBackend;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Starts that are expected to fail; one that succeeds is stopped again. */
public final class Starting {

    private Starting() {}

    public static void without(String property) {
        start(property, List.of());
    }

    public static void with(String argument) {
        start(argument.substring(2, argument.indexOf('=')), List.of(argument));
    }

    /** @param left not given, because it is missing or because {@code more} gives it; twice would make a list of it */
    private static void start(String left, List<String> more) {
        try (TestIssuer issuer = TestIssuer.start();
                TestDatabase database = TestDatabase.create();
                QuotaFake quota = QuotaFake.start(issuer)) {
            List<String> arguments = new ArrayList<>(RunningPlatform.arguments(database, issuer, quota));
            arguments.removeIf(argument -> argument.startsWith("--" + left + "="));
            arguments.addAll(more);
            new SpringApplicationBuilder(PlatformBackend.class)
                    .properties("spring.config.name=platform-backend")
                    .run(arguments.toArray(String[]::new))
                    .close();
        }
    }
}
