package dev.penstock.standalone;

import dev.penstock.standalone.machine.PrivateFiles;
import dev.penstock.standalone.machine.StartFailure;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/** Settings of a program that runs as a process of its own. A file, since arguments can be read by everybody on the machine. */
record SettingsFile(Path path) {

    void write(Map<String, String> settings) {
        Properties properties = new Properties();
        properties.putAll(settings);
        try {
            StringWriter text = new StringWriter();
            properties.store(text, null);
            PrivateFiles.write(path, text.toString());
        } catch (IOException e) {
            throw StartFailure.of("writing " + path, e);
        }
    }

    /** The argument that makes a Spring Boot program read it, above its own defaults. */
    String argument() {
        return "--spring.config.additional-location=" + path.toUri();
    }
}
