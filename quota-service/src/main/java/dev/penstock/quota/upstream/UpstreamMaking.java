package dev.penstock.quota.upstream;

import dev.penstock.contract.Problem;
import dev.penstock.contract.quota.DataClass;
import dev.penstock.contract.quota.UpstreamDialect;
import dev.penstock.contract.quota.UpstreamModel;
import dev.penstock.contract.quota.UpstreamSpec;
import dev.penstock.contract.quota.UpstreamView;
import dev.penstock.frame.audit.AuditEvent;
import dev.penstock.frame.audit.AuditLog;
import dev.penstock.frame.copy.TableCopy;
import dev.penstock.frame.identity.Actor;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.live.Changes;
import dev.penstock.frame.problem.ProblemException;
import dev.penstock.frame.secret.Sealing;
import java.net.InetAddress;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes upstreams, on record with what they were before, and lists them. They belong to no tenant. */
@Component
class UpstreamMaking {

    /** Every replica holds all of them, and looks up the name of each. */
    private static final int MOST = 100;
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,48}[a-z0-9])?");

    private final JobTransactions transactions;
    private final UpstreamTable table;
    private final TableCopy<String, Upstream> copy;
    private final UpstreamCopyTable keys;
    private final Pins pins;
    private final Sealing sealing;
    private final AuditLog audit;
    private final Changes changes;
    private final Clock clock;

    UpstreamMaking(
            JobTransactions transactions, UpstreamTable table, TableCopy<String, Upstream> copy, UpstreamCopyTable keys, Pins pins, Sealing sealing, AuditLog audit,
            Changes changes, Clock clock) {
        this.transactions = transactions;
        this.table = table;
        this.copy = copy;
        this.keys = keys;
        this.pins = pins;
        this.sealing = sealing;
        this.audit = audit;
        this.changes = changes;
        this.clock = clock;
    }

    /** What its key can be opened for alone. */
    static String whose(String upstream) {
        return "upstream " + upstream;
    }

    /** By name. */
    List<UpstreamView> list(Actor reader) {
        return transactions.acrossTenants(Job.WEB, reader, () -> table.last()).stream().map(this::view).toList();
    }

    /**
     * @throws ProblemException {@code invalid_input}, {@code changed_meanwhile}, {@code name_taken}, {@code limit_reached}; the same again makes nothing, and is
     *     {@code exists_but_different} with another key than the one in use
     */
    UpstreamView make(Actor maker, String name, int version, UpstreamSpec spec) {
        UpstreamAddress address = UpstreamAddress.of(spec.address());
        SoundUpstream.require(name, NAME, spec);
        if (!spec.models().isEmpty()) {
            requireDestination(address);
        }
        Made made = transactions.acrossTenants(Job.WEB, maker, () -> {
            table.lock();
            Upstream present = table.find(name, version).orElse(null);
            return present != null && saysTheSame(present, address, spec) ? new Made(present, true) : new Made(next(maker, name, version, address, spec), false);
        });
        if (made.before()) {
            requireKeyInUse(made.upstream(), spec);
        }
        copy.refreshAfterChange();
        pins.rhythm().wake();
        return view(made.upstream());
    }

    /** @param before whether it was there already */
    private record Made(Upstream upstream, boolean before) {}

    /** A key that would be dropped in silence is refused. This job may not read the one in use, so the one that may is asked, afterwards. */
    private void requireKeyInUse(Upstream present, UpstreamSpec spec) {
        if (spec.providerKey() != null && !present.withdrawn() && !keys.isKey(present.name(), spec.providerKey())) {
            throw new ProblemException(Problem.EXISTS_BUT_DIFFERENT, "Version " + present.version() + " of " + present.name()
                    + " is there, and the key is not the one in use; nothing was saved. The next version takes another key.");
        }
    }

    private void requireDestination(UpstreamAddress address) {
        try {
            pins.require(address);
        } catch (Pins.NoDestination e) {
            throw new ProblemException(Problem.INVALID_INPUT, "address: " + e.getMessage() + ".");
        }
    }

    private Upstream next(Actor maker, String name, int version, UpstreamAddress address, UpstreamSpec spec) {
        List<Upstream> present = table.last();
        Upstream last = present.stream().filter(each -> each.name().equals(name)).findFirst().orElse(null);
        long expected = last == null ? 1 : last.version() + 1;
        if (version != expected) {
            throw new ProblemException(Problem.CHANGED_MEANWHILE, "The next version of " + name + " is " + expected + ", not " + version + "; nothing was saved.")
                    .with("expected", expected);
        }
        if (last == null && present.size() >= MOST) {
            throw new ProblemException(Problem.LIMIT_REACHED, "There are " + MOST + " upstreams already.");
        }
        requireFreeNames(name, spec.models(), present);
        keep(name, address, spec, last);
        Upstream upstream = new Upstream(
                name, version, address, spec.dialect(), spec.takes(), spec.mostUnderWay(), spec.models(), maker.name(), clock.instant().truncatedTo(ChronoUnit.MICROS), null);
        table.insert(upstream, spec.reason());
        audit.append(new AuditEvent("upstream.make", "upstream", name, name, null, spec.reason(), Entry.of(last, false), Entry.of(upstream, spec.providerKey() != null)));
        changes.tell("upstream", null, null, name, upstream.withdrawn() ? "WITHDRAWN" : null);
        return upstream;
    }

    /** What a provider gave us for its own server is shown to no other. */
    private void keep(String name, UpstreamAddress address, UpstreamSpec spec, @Nullable Upstream last) {
        if (spec.models().isEmpty()) {
            table.deleteKey(name);
        } else if (spec.providerKey() != null) {
            table.putKey(name, sealing.seal(whose(name), spec.providerKey()));
        } else if (last == null || !last.address().isSameServer(address) || !table.hasKey(name)) {
            throw new ProblemException(Problem.INVALID_INPUT, "providerKey: has to be given for a server that had none.");
        }
    }

    private static void requireFreeNames(String name, List<UpstreamModel> models, List<Upstream> present) {
        Set<String> taken = present.stream()
                .filter(each -> !each.name().equals(name))
                .flatMap(each -> each.models().stream().map(UpstreamModel::name))
                .collect(Collectors.toSet());
        models.stream().map(UpstreamModel::name).filter(taken::contains).findFirst().ifPresent(model -> {
            throw new ProblemException(Problem.NAME_TAKEN, "Another upstream has a model called " + model + ".");
        });
    }

    private static boolean saysTheSame(Upstream present, UpstreamAddress address, UpstreamSpec spec) {
        return present.address().equals(address) && present.dialect() == spec.dialect() && present.takes() == spec.takes() && present.mostUnderWay() == spec.mostUnderWay()
                && present.models().equals(spec.models());
    }

    private UpstreamView view(Upstream upstream) {
        @Nullable Pin pin = upstream.withdrawn() ? null : pins.pin(upstream.address()).orElse(null);
        return new UpstreamView(
                upstream.name(), Math.toIntExact(upstream.version()), upstream.address().toString(), upstream.dialect(), upstream.takes(), upstream.mostUnderWay(),
                upstream.models(), upstream.withdrawn() ? List.of() : pins.addresses(upstream.address()).stream().map(InetAddress::getHostAddress).toList(),
                pin == null ? null : pin.problem(), upstream.madeBy(), upstream.madeAt());
    }

    /** How the trail keeps an upstream: that it came with a new key, never which. */
    private record Entry(long version, String address, UpstreamDialect dialect, DataClass takes, int mostUnderWay, List<UpstreamModel> models, boolean newKey) {

        static @Nullable Entry of(@Nullable Upstream upstream, boolean newKey) {
            return upstream == null
                    ? null
                    : new Entry(
                            upstream.version(), upstream.address().toString(), upstream.dialect(), upstream.takes(), upstream.mostUnderWay(), upstream.models(), newKey);
        }
    }
}
