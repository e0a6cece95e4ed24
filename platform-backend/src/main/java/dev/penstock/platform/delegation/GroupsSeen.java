package dev.penstock.platform.delegation;

import dev.penstock.frame.copy.TableCopy;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.identity.Caller;
import dev.penstock.frame.identity.CurrentCaller;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Groups are the identity provider's, and only a person's token tells them. So the first call with a newer token renews what is known of who delegated:
 * whoever comes back without the group they approved by ends with that what was decided in their place.
 */
@Component
class GroupsSeen implements HandlerInterceptor, WebMvcConfigurer {

    private static final Logger log = LoggerFactory.getLogger(GroupsSeen.class);
    private static final Actor READER = Actor.system("groups");

    private final CurrentCaller callers;
    private final JobTransactions transactions;
    private final DelegationTable table;
    private final TableCopy<Named.Key, Named> named;
    private final Clock clock;

    GroupsSeen(CurrentCaller callers, JobTransactions transactions, DelegationTable table, TableCopy<Named.Key, Named> named, Clock clock) {
        this.callers = callers;
        this.transactions = transactions;
        this.table = table;
        this.named = named;
        this.clock = clock;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).addPathPatterns("/api/**");
    }

    /** Nobody is kept from their work by it: what could not be written is tried again with their next call. */
    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        Caller caller = callers.get();
        try {
            if (named.current().values().stream().anyMatch(each -> each.isOlderThan(caller))) {
                transactions.acrossTenants(Job.RECONCILE, READER, () -> {
                    table.know(caller, clock.instant());
                    return true;
                });
                named.refreshAfterChange();
            }
        } catch (RuntimeException e) {
            log.warn("groups of {}: could not be renewed in what they delegated; trying again", caller.subject(), e);
        }
        return true;
    }
}
