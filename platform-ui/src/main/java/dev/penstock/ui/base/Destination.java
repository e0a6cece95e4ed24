package dev.penstock.ui.base;

import dev.penstock.contract.platform.Me;
import java.util.function.Predicate;

/** The screens one can go to, grouped by job, with the letter that follows {@code g}. */
public enum Destination {
    HOME(Paths.HOME, "Home", Icon.HOME, 'h', Group.WORK, me -> true),
    CATALOGUE(Paths.CATALOGUE, "Catalogue", Icon.CATALOGUE, 'c', Group.WORK, me -> Roles.works(me) || Roles.seesAllTenants(me)),
    ENDPOINTS(Paths.ENDPOINTS, "Endpoints", Icon.ENDPOINT, 'e', Group.WORK, me -> Roles.works(me) || Roles.isAdministrator(me)),
    SLICES(Paths.SLICES, "Slices", Icon.SLICE, 's', Group.WORK, me -> Roles.works(me) || Roles.isAdministrator(me)),
    PLAYGROUND(Paths.PLAYGROUND, "Playground", Icon.PLAY, 'p', Group.WORK, Roles::works),
    KEYS(Paths.KEYS, "Keys", Icon.KEY, 'k', Group.WORK, me -> Roles.works(me) || Roles.readsAudit(me)),
    POLICY(Paths.POLICY, "Model policy", Icon.TREE, 'm', Group.WORK, me -> Roles.works(me) || Roles.readsAudit(me)),
    USAGE(Paths.USAGE, "Usage", Icon.USAGE, 'u', Group.WORK, me -> Roles.works(me) || Roles.seesAllTenants(me)),
    APPROVALS(Paths.APPROVALS, "Approvals", Icon.APPROVE, 'a', Group.RUN, Roles::approves),
    FLEET(Paths.FLEET, "Fleet", Icon.FLEET, 'f', Group.RUN, Roles::readsAudit),
    TENANTS(Paths.TENANTS, "Tenants and quotas", Icon.TREE, 't', Group.RUN, Roles::seesTenants),
    IMAGES(Paths.IMAGES, "Workspace images", Icon.SHIELD, 'i', Group.RUN, Roles::isAdministrator),
    ROUTING(Paths.ROUTING, "Routing", Icon.ENDPOINT, 'o', Group.RUN, Roles::readsAudit),
    UPSTREAMS(Paths.UPSTREAMS, "Upstreams", Icon.SEND, 'x', Group.RUN, Roles::readsAudit),
    STOPS(Paths.STOPS, "Stops", Icon.STOP, 'z', Group.RUN, Roles::readsAudit),
    HEALTH(Paths.HEALTH, "Health", Icon.HEALTH, 'l', Group.RUN, Roles::readsAudit),
    AUDIT(Paths.AUDIT, "Audit trail", Icon.AUDIT, 'r', Group.REVIEW, Roles::readsAudit),
    STATEMENTS(Paths.STATEMENTS, "Statements", Icon.STATEMENT, 'b', Group.REVIEW, Roles::readsStatements);

    /** The routes; constants, as annotations need them. */
    public static final class Paths {
        public static final String HOME = "";
        public static final String CATALOGUE = "catalogue";
        public static final String ENDPOINTS = "endpoints";
        public static final String NEW_ENDPOINT = "new-endpoint";
        public static final String SLICES = "slices";
        public static final String NEW_SLICE = "new-slice";
        public static final String REQUESTS = "requests";
        public static final String PLAYGROUND = "playground";
        public static final String KEYS = "keys";
        public static final String USAGE = "usage";
        public static final String APPROVALS = "approvals";
        public static final String FLEET = "fleet";
        public static final String TENANTS = "tenants";
        public static final String IMAGES = "images";
        public static final String ROUTING = "routing";
        public static final String POLICY = "model-policy";
        public static final String REFUSALS = "refusals";
        public static final String TRY_CALL = "try-a-call";
        public static final String UPSTREAMS = "upstreams";
        public static final String STOPS = "stops";
        public static final String HEALTH = "health";
        public static final String AUDIT = "audit";
        public static final String STATEMENTS = "statements";

        private Paths() {}
    }

    public enum Group {
        WORK("Work"),
        RUN("Run"),
        REVIEW("Review");

        private final String title;

        Group(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }
    }

    private final String path;
    private final String title;
    private final Icon icon;
    private final char key;
    private final Group group;
    private final Predicate<Me> audience;

    Destination(String path, String title, Icon icon, char key, Group group, Predicate<Me> audience) {
        this.path = path;
        this.title = title;
        this.icon = icon;
        this.key = key;
        this.group = group;
        this.audience = audience;
    }

    public String path() {
        return path;
    }

    public String title() {
        return title;
    }

    public Icon icon() {
        return icon;
    }

    /** Follows {@code g}. */
    public char key() {
        return key;
    }

    public Group group() {
        return group;
    }

    public boolean isFor(Me me) {
        return audience.test(me);
    }

    /** Whether an address lies on this screen or below it. */
    public boolean holds(String address) {
        String first = address.contains("/") ? address.substring(0, address.indexOf('/')) : address;
        return first.equals(path)
                || switch (this) {
                    case SLICES -> first.equals(Paths.NEW_SLICE) || first.equals(Paths.REQUESTS);
                    case ENDPOINTS -> first.equals(Paths.NEW_ENDPOINT);
                    case ROUTING -> first.equals(Paths.TRY_CALL);
                    case USAGE -> first.equals(Paths.REFUSALS);
                    default -> false;
                };
    }
}
