package dev.penstock.quota.upstream;

import dev.penstock.frame.BackgroundWork;
import dev.penstock.frame.Rhythm;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The addresses that calls go to. Names are looked up here alone, beside the calls, and each answer is judged as a whole before anything is sent: whoever
 * answers for a name cannot turn calls elsewhere between a check and a connection. A name that cannot be looked up keeps its last addresses for a
 * while; one that is answered with an address that calls may not go to loses them at once.
 */
final class Pins implements BackgroundWork {

    private static final Logger log = LoggerFactory.getLogger(Pins.class);
    private static final Duration TURN = Duration.ofSeconds(1);

    private final UpstreamSettings settings;
    private final Supplier<Collection<Upstream>> upstreams;
    private final Destinations destinations;
    private final Names names;
    private final Clock clock;
    private final Rhythm rhythm = Rhythm.of("addresses of upstreams", TURN, this::turn);
    private volatile Map<UpstreamAddress, Pin> pins = Map.of();

    Pins(UpstreamSettings settings, Supplier<Collection<Upstream>> upstreams, Names names, Clock clock) {
        this.settings = settings;
        this.upstreams = upstreams;
        this.destinations = new Destinations(settings.networks());
        this.names = names;
        this.clock = clock;
    }

    /** Without waiting. Empty: nothing is known, or nothing that may be trusted any longer. */
    Optional<Pin> pin(UpstreamAddress address) {
        return Optional.ofNullable(pins.get(address));
    }

    /** Where calls go now; empty: nowhere. */
    List<InetAddress> addresses(UpstreamAddress address) {
        Pin pin = pins.get(address);
        return pin == null || isTooOld(pin) ? List.of() : pin.addresses();
    }

    /**
     * For an address that somebody names, who waits for the answer.
     *
     * @throws NoDestination saying why no call may be sent there
     */
    void require(UpstreamAddress address) throws NoDestination {
        Pin pin = look(address);
        Map<UpstreamAddress, Pin> more = new HashMap<>(pins);
        more.put(address, pin);
        pins = Map.copyOf(more);
    }

    @Override
    public Rhythm rhythm() {
        return rhythm;
    }

    /** How many upstreams there are that nothing can be sent to. */
    long nowhere() {
        return upstreams.get().stream().filter(upstream -> !upstream.withdrawn() && addresses(upstream.address()).isEmpty()).count();
    }

    /** Looks up what is due. */
    void turn() {
        Map<UpstreamAddress, Pin> known = pins;
        Map<UpstreamAddress, Pin> next = new HashMap<>();
        Collection<Upstream> present = upstreams.get();
        for (Upstream upstream : present.stream().filter(each -> !each.withdrawn()).toList()) {
            UpstreamAddress address = upstream.address();
            next.computeIfAbsent(address, each -> brought(each, known.get(each)));
        }
        pins = Map.copyOf(next);
    }

    private Pin brought(UpstreamAddress address, @Nullable Pin before) {
        if (before != null && before.problem() == null && before.since().plus(settings.lookUpEvery()).isAfter(clock.instant())) {
            return before;
        }
        try {
            return look(address);
        } catch (NoDestination e) {
            if (before == null || !Objects.equals(before.problem(), e.getMessage())) {
                log.warn("upstream at {}: {}", address, e.getMessage());
            }
            return e.mayPass() && before != null && !isTooOld(before) ? new Pin(before.addresses(), before.since(), e.getMessage()) : new Pin(List.of(), Instant.EPOCH, e.getMessage());
        }
    }

    private boolean isTooOld(Pin pin) {
        return pin.since().plus(settings.longestPinned()).isBefore(clock.instant());
    }

    private Pin look(UpstreamAddress address) throws NoDestination {
        List<InetAddress> found;
        try {
            found = names.addresses(address.host());
        } catch (UnknownHostException e) {
            throw new NoDestination(address.host() + " cannot be looked up now", true);
        }
        for (InetAddress each : found) {
            Optional<String> refusal = destinations.refusal(each, address.tls());
            if (refusal.isPresent()) {
                throw new NoDestination(refusal.get(), false);
            }
        }
        return new Pin(found, clock.instant(), null);
    }

    /** No call may be sent there. */
    static final class NoDestination extends Exception {

        private static final long serialVersionUID = 1L;

        private final boolean mayPass;

        /** @param mayPass it is a matter of the moment, and says nothing against what was known */
        NoDestination(String message, boolean mayPass) {
            super(message);
            this.mayPass = mayPass;
        }

        boolean mayPass() {
            return mayPass;
        }
    }
}
