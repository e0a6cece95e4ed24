package dev.penstock.quota;

import dev.penstock.frame.ServiceFrame;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobsInUse;
import java.util.Set;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/**
 * The program; with {@code journal import FOLDER} it does only that. Its settings are in {@code quota-service.properties}; those without a safe
 * default must be given, or it does not start.
 */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
@Import(ServiceFrame.class)
public class QuotaService {

    public static void main(String[] args) {
        if (JournalImport.isAsked(args)) {
            System.exit(JournalImport.run(System.out, args));
        }
        new SpringApplicationBuilder(QuotaService.class)
                .properties("spring.config.name=quota-service")
                .run(args);
    }

    @Bean
    JobsInUse jobsInUse() {
        return new JobsInUse("quota", Set.of(Job.WEB, Job.ORG, Job.SNAPSHOT, Job.RESERVE, Job.SEAL, Job.SETTLE));
    }
}
