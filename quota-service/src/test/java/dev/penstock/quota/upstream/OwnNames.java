package dev.penstock.quota.upstream;

import dev.penstock.contract.quota.UpstreamSpec;
import dev.penstock.frame.audit.AuditLog;
import dev.penstock.frame.copy.TableCopy;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.live.Changes;
import dev.penstock.frame.network.Network;
import dev.penstock.frame.secret.Sealing;
import dev.penstock.quota.AdjustableClock;
import dev.penstock.quota.RunningService;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A running service's upstreams as they are where a test says what names are answered with. */
public final class OwnNames {

    /** As the service's, and every turn looks names up. */
    private static final UpstreamSettings SETTINGS = new UpstreamSettings(
            List.of("127.0.0.0/8"), Duration.ofNanos(1), Duration.ofSeconds(10), Duration.ofMinutes(10), Duration.ofSeconds(1), Duration.ofSeconds(60), Duration.ofMinutes(5));

    /** Addresses by name. A name that is not here is not answered. */
    public final Map<String, List<String>> answers = new ConcurrentHashMap<>();

    private final UpstreamMaking making;
    private final Pins pins;
    private final Upstreams upstreams;

    @SuppressWarnings("unchecked")
    public OwnNames(RunningService service) {
        var copy = (TableCopy<String, Upstream>) service.context().getBean("upstreamCopy");
        pins = new Pins(SETTINGS, () -> copy.current().values(), host -> {
            if (!answers.containsKey(host)) {
                throw new UnknownHostException(host);
            }
            return answers.get(host).stream().map(literal -> Network.address(literal).orElseThrow()).toList();
        }, service.bean(AdjustableClock.class));
        making = new UpstreamMaking(
                service.bean(JobTransactions.class), service.bean(UpstreamTable.class), copy, service.bean(UpstreamCopyTable.class), pins, service.bean(Sealing.class), service.bean(AuditLog.class),
                service.bean(Changes.class), service.bean(AdjustableClock.class));
        upstreams = new Upstreams(copy, service.bean(DataClasses.class), service.bean(ModelClasses.class), pins);
    }

    public void make(String name, int version, UpstreamSpec spec) {
        making.make(Actor.system("test"), name, version, spec);
    }

    /** Names are looked up that are due. */
    public void turn() {
        pins.turn();
    }

    public Upstreams upstreams() {
        return upstreams;
    }
}
