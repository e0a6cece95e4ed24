package dev.penstock.platform.running;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Reads settings records as the program does, so that a test can pin their names and defaults. */
public final class Settings {

    private Settings() {}

    /** The prefix and, in order, the names of the components. */
    public static List<String> names(Class<? extends Record> settings) {
        String prefix = settings.getAnnotation(ConfigurationProperties.class).prefix();
        return Arrays.stream(settings.getRecordComponents()).map(component -> prefix + "." + component.getName()).toList();
    }

    /** What the settings are if only this is given. */
    public static <T extends Record> T bind(Class<T> settings, Map<String, String> given) {
        return new Binder(new MapConfigurationPropertySource(given)).bindOrCreate(settings.getAnnotation(ConfigurationProperties.class).prefix(), settings);
    }
}
