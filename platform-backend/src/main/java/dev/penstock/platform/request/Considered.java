package dev.penstock.platform.request;

import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.SliceRequestSpec;
import dev.penstock.platform.slice.Workspace;
import org.jspecify.annotations.Nullable;

/** What was asked for, and what policy says of it at this moment. */
public final class Considered {

    private final TenantId tenant;
    private final SliceRequestSpec spec;
    private final Asked asked;
    private final Findings findings;
    private final @Nullable Workspace workspace;

    Considered(TenantId tenant, SliceRequestSpec spec, Asked asked, Findings findings, @Nullable Workspace workspace) {
        this.tenant = tenant;
        this.spec = spec;
        this.asked = asked;
        this.findings = findings;
        this.workspace = workspace;
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

    /** What is to run on it; null: a plain shell, or what serves a model. */
    @Nullable Workspace workspace() {
        return workspace;
    }
}
