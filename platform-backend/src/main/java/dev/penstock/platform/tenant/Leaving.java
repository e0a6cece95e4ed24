package dev.penstock.platform.tenant;

import java.util.Map;
import java.util.UUID;

/**
 * What goes with a project to another tenant.
 *
 * @param members who had a role in the project itself; whoever has one in the whole tenant stays there
 * @param staying how many members the tenant keeps
 * @param currency in which its limits in money are
 */
record Leaving(Project project, Map<UUID, Member> members, int staying, String currency) {

    Leaving {
        members = Map.copyOf(members);
    }
}
