package dev.penstock.platform.workspace;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.platform.SliceState;
import dev.penstock.contract.platform.WorkspaceKind;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.identity.Caller;
import dev.penstock.platform.slice.SliceKey;
import java.time.Instant;
import java.util.Set;

/**
 * Somebody's way into a workspace, with what the workspace is now.
 *
 * @param groups of the person's token when they asked for it
 * @param until when the ticket, or the session, is over
 */
record Entry(SliceKey key, ProjectId project, String name, WorkspaceKind kind, SliceState state, String subject, Set<String> groups, Instant until) {

    Entry {
        groups = Set.copyOf(groups);
    }

    boolean holdsAt(Instant now) {
        return now.isBefore(until) && state == SliceState.READY;
    }

    Caller person() {
        return new Caller(subject, subject, groups, Set.of(), until);
    }

    Actor actor() {
        return new Actor(subject, Actor.Kind.PERSON);
    }
}
