package dev.penstock.contract.quota;

import dev.penstock.contract.KeyId;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;

/**
 * A text that is a key of ours.
 *
 * @param index of the text among those that were asked about, from 0
 * @param start how it begins, enough to recognise it
 * @param works whether it opens anything now; otherwise it has ended, and nothing has to be done
 */
public record KeyFound(int index, TenantId tenant, ProjectId project, KeyId key, String start, boolean works) {}
