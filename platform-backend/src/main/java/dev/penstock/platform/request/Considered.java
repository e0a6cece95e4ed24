package dev.penstock.platform.request;

import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.SliceRequestSpec;

/** What was asked for, and what policy says of it at this moment. */
public final class Considered {

    private final TenantId tenant;
    private final SliceRequestSpec spec;
    private final Asked asked;
    private final Findings findings;

    Considered(TenantId tenant, SliceRequestSpec spec, Asked asked, Findings findings) {
        this.tenant = tenant;
        this.spec = spec;
        this.asked = asked;
        this.findings = findings;
    }

    /** @throws dev.penstock.frame.problem.ProblemException of the first thing that refuses it */
    public void requireGrantable() {
        findings.requireGrantable();
    }

    TenantId tenant() {
        return tenant;
    }

    SliceRequestSpec spec() {
        return spec;
    }

    Asked asked() {
        return asked;
    }

    Findings findings() {
        return findings;
    }
}
