package dev.penstock.quota.admission;

import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.quota.allotment.Allotments;
import dev.penstock.quota.journal.Journal;
import dev.penstock.quota.journal.Steps;
import dev.penstock.quota.rating.PriceBooks;
import dev.penstock.quota.reservation.TenantLock;
import dev.penstock.quota.usage.UsageWords;
import java.time.Clock;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** One of the two ways to admit, as the setting says. */
@Configuration(proxyBeanMethods = false)
class AdmissionWiring {

    private static final String MODE = "penstock.admission.mode";

    @Bean
    @ConditionalOnProperty(name = MODE, havingValue = "direct")
    Admission direct(
            JobTransactions transactions, TenantLock lock, CallRuleTable rules, CallPeriods periods, CallLimits limits, Intents intents,
            PriceBooks prices, UsageWords words, Days days, Replica replica, Journal journal, Steps steps, AdmissionMetrics metrics) {
        return new DirectAdmission(transactions, lock, rules, periods, limits, intents, prices, words, days, replica, journal, steps, metrics);
    }

    @Bean
    @ConditionalOnProperty(name = MODE, havingValue = "allotments", matchIfMissing = true)
    Admission fromAllotments(
            Allotments allotments, RuleCopies rules, Knowing knowing, Promising promising, CallLimits limits, Replica replica, Journal journal, Clock clock,
            AdmissionMetrics metrics) {
        return new AllotmentAdmission(allotments, rules, knowing, promising, limits, replica, journal, clock, metrics);
    }
}
