package dev.penstock.quota.settlement;

import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.quota.allotment.Allotments;
import dev.penstock.quota.rating.KnownPrices;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Allotments are looked up when an end is on disk: they want to know of the journal, and the journal of who hears of ends. */
@Configuration(proxyBeanMethods = false)
class SettlementWiring {

    @Bean
    GivingBack givingBack(KnownPrices prices, JobTransactions transactions, ObjectProvider<Allotments> allotments) {
        return new GivingBack(prices, transactions, (tenant, used) -> allotments.getObject().ended(tenant, used));
    }
}
