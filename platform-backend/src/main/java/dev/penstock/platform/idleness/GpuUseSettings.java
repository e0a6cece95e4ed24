package dev.penstock.platform.idleness;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param every how often is asked
 * @param window how far back the mean reaches; what was not measured within it is not known
 */
@ConfigurationProperties(prefix = "penstock.gpu-use", ignoreUnknownFields = false)
record GpuUseSettings(@DefaultValue("30s") Duration every, @DefaultValue("2m") Duration window) {

    GpuUseSettings {
        if (!every.isPositive()) {
            throw new IllegalArgumentException("penstock.gpu-use.every must be longer than nothing");
        }
        if (window.toSeconds() < 1 || window.toMillisPart() != 0 || window.compareTo(every) < 0) {
            throw new IllegalArgumentException("penstock.gpu-use.window must be whole seconds, and no shorter than every: " + window);
        }
    }
}
