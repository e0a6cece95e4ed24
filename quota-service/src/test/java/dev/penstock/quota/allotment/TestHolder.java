package dev.penstock.quota.allotment;

import dev.penstock.contract.TenantId;
import dev.penstock.quota.RunningService;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** A replica that holds parts of one tenant's limits, for tests of what comes after: the real pots and the real rows. */
public final class TestHolder {

    private static final BigInteger AHEAD = BigInteger.valueOf(3);

    private final RunningService service;
    private final TenantId tenant;
    private final String name = "holder-" + UUID.randomUUID();
    private final UUID journal = UUID.randomUUID();
    private final Pots pots = new Pots(Duration.ofMinutes(5), Duration.ofMinutes(1));
    private final AllotmentKeeper keeper;

    public TestHolder(RunningService service, TenantId tenant) {
        this.service = service;
        this.tenant = tenant;
        this.keeper = KeptReplica.keeper(service, KeptReplica.life(service, name, journal));
    }

    /** All of them; draws more than is needed, so that something is idle. The limits are not used by others and have room. */
    public synchronized List<Share> take(List<Claim> claims) {
        Taking taking = pots.take(claims, 0);
        while (taking instanceof Taking.Short) {
            Draw draw = new Draw(claims.stream().map(claim -> new Draw.Line(claim.pot(), claim.asked(), claim.asked().multiply(AHEAD), 0)).toList());
            if (!(keeper.draw(tenant, draw, 1) instanceof Drawing.Granted granted)) {
                throw new AssertionError("nothing of " + claims + " was granted");
            }
            taking = pots.learnAndTake(granted.holdings(), claims);
        }
        return ((Taking.Taken) taking).shares();
    }

    /** As settlement tells it. */
    public void ended(Collection<Used> used) {
        pots.end(used);
    }

    public BigInteger free(PotId pot) {
        return pots.free(pot);
    }

    /** Learns which of its rows are there. */
    public synchronized void read() {
        Set<Long> known = pots.known();
        pots.learn(keeper.held(tenant).orElseThrow(), known);
    }

    /** What is idle goes back. */
    public void giveUpAll() {
        keeper.giveBack(tenant, pots.giveUpAll());
    }

    /** The process dies with everything that it has taken, and its next life finds the journal settled. */
    public void dieAndRecover() {
        KeptReplica.keeper(service, KeptReplica.life(service, name, journal)).recover(tenant);
    }
}
