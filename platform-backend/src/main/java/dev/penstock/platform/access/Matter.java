package dev.penstock.platform.access;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;

/**
 * Something that waits for a decision.
 *
 * @param requestedBy subject of who asked for it
 * @param forAdministrators no owner decides it, because others do without what is granted
 */
public record Matter(TenantId tenant, ProjectId project, String requestedBy, boolean forAdministrators) {}
