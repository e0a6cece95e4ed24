package dev.penstock.quota.journal;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.UUID;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What is made from the settings. */
@Configuration(proxyBeanMethods = false)
class JournalWiring {

    @Bean
    Journal journal(JournalSettings settings, MeterRegistry registry) {
        JournalFolder folder = JournalFolder.open(settings.folder(), UUID::randomUUID);
        try {
            JournalMetrics metrics = new JournalMetrics(registry);
            Journal journal = new Journal(settings, folder, metrics);
            metrics.watch(journal);
            return journal;
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    /** Once all of them are made: some need the journal itself. */
    @Bean
    SmartInitializingSingleton toldOfEndsOnDisk(Journal journal, ObjectProvider<EndsOnDisk> listeners) {
        return () -> journal.tell(listeners.orderedStream().toList());
    }

    @Bean
    JournalHealth journalHealth(Journal journal) {
        return new JournalHealth(journal);
    }
}
