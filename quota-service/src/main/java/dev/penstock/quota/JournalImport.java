package dev.penstock.quota;

import dev.penstock.quota.settlement.LeftJournal;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.LifecycleProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * {@code journal import FOLDER}: settles the journal of a replica that will not come back. The program with its settings, of which nothing is
 * started: it listens nowhere and takes no epoch. What is settled already stays as it is, so it can be repeated, and run beside replicas.
 */
public final class JournalImport {

    private static final int WORDS = 3;
    private static final String FOLDER = "--penstock.journal.folder=";

    private JournalImport() {}

    static boolean isAsked(String... arguments) {
        return arguments.length >= WORDS && arguments[0].equals("journal") && arguments[1].equals("import");
    }

    /** @return 0: everything in the folder is settled; 1: not */
    public static int run(PrintStream out, String... arguments) {
        String[] settings = Stream.concat(
                        Arrays.stream(arguments).skip(WORDS).filter(argument -> !argument.startsWith(FOLDER)), Stream.of(FOLDER + arguments[WORDS - 1]))
                .toArray(String[]::new);
        LeftJournal.Result result;
        try (ConfigurableApplicationContext program = new SpringApplicationBuilder(QuotaService.class, NothingStarts.class)
                .properties("spring.config.name=quota-service")
                .lazyInitialization(true)
                .run(settings)) {
            result = program.getBean(LeftJournal.class).settle();
        } catch (DataAccessException | TransactionException e) {
            out.println("The database does not answer; what is not settled stays in the folder, so do it again: " + e.getMessage());
            return 1;
        }
        // Behind what the program logs while it ends.
        out.printf("%d attempts: %d are settled now, %d had been or were never admitted, %d cannot be settled.%n",
                result.told(), result.settled(), result.told() - result.settled() - result.stuck(), result.stuck());
        return result.stuck() == 0 ? 0 : 1;
    }

    /** Not annotated, so that only who names it gets it. */
    static class NothingStarts {

        @Bean(AbstractApplicationContext.LIFECYCLE_PROCESSOR_BEAN_NAME)
        LifecycleProcessor nothingStarts() {
            return new LifecycleProcessor() {

                @Override
                public void onRefresh() {}

                @Override
                public void onClose() {}

                @Override
                public void start() {}

                @Override
                public void stop() {}

                @Override
                public boolean isRunning() {
                    return false;
                }
            };
        }
    }
}
