package dev.penstock.bench.unmetered;

import dev.penstock.quota.QuotaService;
import dev.penstock.quota.admission.Admission;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/**
 * The program, with quota-service's own arguments. Calls are still identified, located, bounded, forwarded, relayed and their usage read; nothing is asked of
 * limits, no intent is written, and the journal knows of no end.
 */
public final class Unmetered {

    /** Every end is one of which the journal knows nothing: the gateway would log each as an error. */
    public static final String QUIET = "--logging.level.dev.penstock.quota.gateway.CallHandler=off";

    private Unmetered() {}

    public static void main(String[] arguments) {
        new SpringApplicationBuilder(QuotaService.class, Wiring.class).properties("spring.config.name=quota-service").run(arguments);
    }

    /** Not annotated, so that only who names it gets it. */
    static class Wiring {

        @Bean
        @Primary
        Admission admitsAll() {
            return new AdmitsAll();
        }
    }
}
