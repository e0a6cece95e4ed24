package dev.penstock.quota.settlement;

import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.quota.allotment.Allotments;
import dev.penstock.quota.rating.KnownPrices;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who hears of ends that are on disk. */
@Configuration(proxyBeanMethods = false)
class SettlementWiring {

    @Bean
    GivingBack givingBack(KnownPrices prices, JobTransactions transactions, Allotments allotments) {
        return new GivingBack(prices, transactions, allotments::ended);
    }
}
