package dev.penstock.platform.running;

import dev.penstock.platform.PlatformBackend;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Configuration;

/** Starts that are expected to fail; one that succeeds is stopped again. */
public final class Starting {

    private Starting() {}

    /** The whole program, with one setting left out. */
    public static void programWithout(String property) {
        start(new SpringApplicationBuilder(PlatformBackend.class), property, List.of());
    }

    /** Every settings record of the program and nothing else, with one setting left out. */
    public static void settingsWithout(String property) {
        start(settings(), property, List.of());
    }

    /** Every settings record of the program and nothing else, with one setting given or given otherwise. */
    public static void settingsWith(String argument) {
        start(settings(), argument.substring(2, argument.indexOf('=')), List.of(argument));
    }

    private static SpringApplicationBuilder settings() {
        return new SpringApplicationBuilder(SettingsOnly.class).web(WebApplicationType.NONE);
    }

    /** @param left not given, because it is missing or because {@code more} gives it; twice would make a list of it */
    private static void start(SpringApplicationBuilder application, String left, List<String> more) {
        List<String> arguments = new ArrayList<>(RunningPlatform.arguments("jdbc:postgresql://localhost:1/none", "http://localhost:1", "http://localhost:1"));
        arguments.removeIf(argument -> argument.startsWith("--" + left + "="));
        arguments.addAll(more);
        application.properties("spring.config.name=platform-backend").run(arguments.toArray(String[]::new)).close();
    }

    @Configuration(proxyBeanMethods = false)
    @ConfigurationPropertiesScan({"dev.penstock.platform", "dev.penstock.frame"})
    static class SettingsOnly {}
}
