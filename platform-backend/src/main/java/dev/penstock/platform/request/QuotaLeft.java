package dev.penstock.platform.request;

import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.LimitView;
import dev.penstock.contract.quota.LimitsApi;
import dev.penstock.frame.problem.ProblemException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * What is left of the caller's limits, asked in the caller's own name. Without an answer a request is still taken: a person decides, and
 * the reservation is what counts. Never asked within a transaction.
 */
@Component
class QuotaLeft {

    private static final Logger log = LoggerFactory.getLogger(QuotaLeft.class);

    private final LimitsApi limits;

    QuotaLeft(LimitsApi limits) {
        this.limits = limits;
    }

    /** @return empty when quota-service gave no usable answer */
    Optional<List<LimitView>> of(TenantId tenant) {
        try {
            return Optional.of(limits.list(tenant).stream().filter(limit -> limit.tenant().equals(tenant)).toList());
        } catch (ProblemException e) {
            log.warn("limits of tenant {} could not be read: {}", tenant, e.detail());
            return Optional.empty();
        }
    }
}
