package dev.penstock.platform;

import dev.penstock.frame.ServiceFrame;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobsInUse;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.EnableScheduling;

/** The program. Its settings are in {@code platform-backend.properties}; those without a safe default must be given, or it does not start. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
@EnableScheduling
@Import(ServiceFrame.class)
public class PlatformBackend {

    public static void main(String[] args) {
        new SpringApplicationBuilder(PlatformBackend.class)
                .properties("spring.config.name=platform-backend")
                .run(args);
    }

    @Bean
    JobsInUse jobsInUse() {
        return new JobsInUse("platform", Set.of(Job.WEB, Job.ORG, Job.RECONCILE, Job.SNAPSHOT));
    }

    /** The one source of random ids. */
    @Bean
    Supplier<UUID> ids() {
        return UUID::randomUUID;
    }
}
