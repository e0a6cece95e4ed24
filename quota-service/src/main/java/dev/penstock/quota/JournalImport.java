package dev.penstock.quota;

import dev.penstock.quota.allotment.LeftAllotments;
import dev.penstock.quota.journal.Journal;
import dev.penstock.quota.settlement.LeftJournal;
import dev.penstock.quota.underway.OwnLife;
import dev.penstock.quota.writeoff.WriteOffs;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.LifecycleProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * {@code journal import FOLDER}: settles the journal of a replica that will not come back, and returns what it held of limits. The program with its settings, of which nothing is
 * started: it listens nowhere and takes no epoch. What is settled already stays as it is, so it can be repeated, and run beside replicas.
 */
public final class JournalImport {

    private static final int WORDS = 3;
    private static final String FOLDER = "--penstock.journal.folder=";
    private static final Left NOTHING = new Left(new LeftAllotments.Result(0, List.of()), 0);

    /** @param writeOffs that were taken back */
    private record Left(LeftAllotments.Result returned, int writeOffs) {}

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
        Left left;
        try (ConfigurableApplicationContext program = new SpringApplicationBuilder(QuotaService.class, NothingStarts.class)
                .properties("spring.config.name=quota-service")
                .lazyInitialization(true)
                .run(settings)) {
            result = program.getBean(LeftJournal.class).settle();
            left = result.stuck() > 0 ? NOTHING : leave(program);
        } catch (DataAccessException | TransactionException e) {
            out.println("The database does not answer; what is not settled stays in the folder, so do it again: " + e.getMessage());
            return 1;
        }
        // Behind what the program logs while it ends.
        say(out, left);
        out.printf("%d attempts: %d are settled now, %d had been or were never admitted, %d cannot be settled.%n",
                result.told(), result.settled(), result.told() - result.settled() - result.stuck(), result.stuck());
        return result.stuck() == 0 && left.returned().there().isEmpty() ? 0 : 1;
    }

    /** Nothing of it is under way any more, what it holds is for others, and what was written off of it is no loss. */
    private static Left leave(ConfigurableApplicationContext program) {
        UUID journal = program.getBean(Journal.class).id();
        program.getBean(OwnLife.class).over(journal);
        LeftAllotments.Result returned = program.getBean(LeftAllotments.class).giveBack(journal);
        return new Left(returned, program.getBean(WriteOffs.class).takeBack(journal));
    }

    private static void say(PrintStream out, Left left) {
        if (left.returned().tenants() > 0) {
            out.printf("What it held of limits of %d tenants is returned.%n", left.returned().tenants());
        }
        if (left.writeOffs() > 0) {
            out.println("It had been declared gone for good; what was written off is taken back.");
        }
        left.returned().there().forEach(replica -> out.printf(
                "%s was there a short while ago, so what it holds of limits is not returned: do it again when it has been gone for an allotment's life.%n", replica));
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
