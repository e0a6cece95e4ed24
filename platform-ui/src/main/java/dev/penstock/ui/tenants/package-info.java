/**
 * The screen of tenants and quotas: the tree with use against limits, and a side panel to change limits, members and the approval policy.
 * Owns no rule; limits are quota-service's, everything else platform-backend's.
 */
@NullMarked
package dev.penstock.ui.tenants;

import org.jspecify.annotations.NullMarked;
