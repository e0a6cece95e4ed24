package dev.penstock.standalone.machine;

/** The ports of one installation, all on the loopback address, counted from one base. */
public record Ports(int base) {

    private static final int HIGHEST_OFFSET = 40;

    public Ports {
        if (base < 1 || base > 65535 - HIGHEST_OFFSET) {
            throw new StartFailure("--port-base must lie between 1 and " + (65535 - HIGHEST_OFFSET) + ", not at " + base + ".");
        }
    }

    public int portal() {
        return base;
    }

    public int platformBackend() {
        return base + 1;
    }

    public int quotaService() {
        return base + 2;
    }

    /** Where applications call models: the second port of quota-service. */
    public int gateway() {
        return base + 10;
    }

    /** Where workspaces are opened: the second port of platform-backend. */
    public int workspaces() {
        return base + 11;
    }

    /** Where workspaces are reached by SSH: the third port of platform-backend. */
    public int ssh() {
        return base + 12;
    }

    public int login() {
        return base + 20;
    }

    public int postgres() {
        return base + 30;
    }

    public int cluster() {
        return base + HIGHEST_OFFSET;
    }
}
