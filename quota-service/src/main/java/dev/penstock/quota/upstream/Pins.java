package dev.penstock.quota.upstream;

import dev.penstock.frame.BackgroundWork;
import dev.penstock.frame.Rhythm;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The addresses that calls go to. Names are looked up here alone, beside the calls, and each answer is judged as a whole before anything is sent: whoever
 * answers for a name cannot turn calls elsewhere between a check and a connection. A name that cannot be looked up keeps its last addresses for a
 * while; one that is answered with an address that calls may not go to loses them at once.
 *
 * <p>What holds, whoever asks at the same time and in whatever order answers come:
 *
 * <ol>
 * <li>The addresses of a pin are those of one answer, all of which may be called, and are as old as the beginning of its look-up.
 * <li>An answer that allows counts unless one to a look-up that was begun later did. An answer that forbids counts always: a turn asks again soon. Where there is no
 * answer, only how old the last one is counts.
 * <li>An answer changes the pin of its own address, as soon as it is there, and no other: two that come together both count, and a slow one delays none.
 * <li>A turn alone forgets, and only what no upstream names and nobody named within {@code lookUpEvery}: who names an address is about to make an upstream of it.
 * </ol>
 */
final class Pins implements BackgroundWork {

    private static final Logger log = LoggerFactory.getLogger(Pins.class);
    private static final Duration TURN = Duration.ofSeconds(1);

    private final UpstreamSettings settings;
    private final Supplier<Collection<Upstream>> upstreams;
    private final Destinations destinations;
    private final LookUps lookUps;
    private final Clock clock;
    private final Rhythm rhythm = Rhythm.of("addresses of upstreams", TURN, this::turn);
    private final AtomicLong begun = new AtomicLong();
    private final Map<UpstreamAddress, Pin> pins = new ConcurrentHashMap<>();
    /** When somebody last named an address that calls may go to. */
    private final Map<UpstreamAddress, Instant> named = new ConcurrentHashMap<>();

    Pins(UpstreamSettings settings, Supplier<Collection<Upstream>> upstreams, Names names, Clock clock) {
        this.settings = settings;
        this.upstreams = upstreams;
        this.destinations = new Destinations(settings.networks());
        this.lookUps = new LookUps(names, settings.lookUpTime());
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
     * For an address that somebody names, who waits for the answer, though not longer than {@code lookUpTime}.
     *
     * @throws NoDestination saying why no call may be sent there
     */
    void require(UpstreamAddress address) throws NoDestination {
        Answer answer = look(address).join();
        if (answer.refusal() != null) {
            pins.computeIfPresent(address, (same, before) -> next(before, answer));
            throw answer.refusal();
        }
        // Before the pin is there: a turn between the two would forget it.
        named.put(address, answer.begun());
        keep(answer);
    }

    @Override
    public Rhythm rhythm() {
        return rhythm;
    }

    /** How many upstreams there are that nothing can be sent to. */
    long nowhere() {
        return upstreams.get().stream().filter(upstream -> !upstream.withdrawn() && addresses(upstream.address()).isEmpty()).count();
    }

    /** Looks up what is due, all at once, and waits until each is answered or its time is over: by so much at most a slow name delays the next turn. */
    void turn() {
        Set<UpstreamAddress> present = upstreams.get().stream().filter(upstream -> !upstream.withdrawn()).map(Upstream::address).collect(Collectors.toSet());
        forget(present);
        CompletableFuture.allOf(present.stream().filter(this::isDue).map(address -> look(address).thenAccept(this::keep)).toArray(CompletableFuture<?>[]::new)).join();
    }

    private void forget(Set<UpstreamAddress> present) {
        Instant now = clock.instant();
        named.values().removeIf(at -> !at.plus(settings.lookUpEvery()).isAfter(now));
        pins.entrySet().removeIf(pin -> !present.contains(pin.getKey()) && !named.containsKey(pin.getKey()));
    }

    private boolean isDue(UpstreamAddress address) {
        Pin pin = pins.get(address);
        return pin == null || pin.problem() != null || !pin.since().plus(settings.lookUpEvery()).isAfter(clock.instant());
    }

    private boolean isTooOld(Pin pin) {
        return pin.since().plus(settings.longestPinned()).isBefore(clock.instant());
    }

    /** Judged, and not yet known to anybody. Never fails. */
    private CompletableFuture<Answer> look(UpstreamAddress address) {
        long order = begun.incrementAndGet();
        Instant at = clock.instant();
        return lookUps.begin(address.host()).handle((found, failure) -> found == null || found.isEmpty()
                ? new Answer(address, order, at, List.of(), new NoDestination(address.host() + " cannot be looked up now", true))
                : new Answer(address, order, at, found, refusal(address, found)));
    }

    private @Nullable NoDestination refusal(UpstreamAddress address, List<InetAddress> found) {
        return found.stream().flatMap(each -> destinations.refusal(each, address.tls()).stream()).findFirst().map(why -> new NoDestination(why, false)).orElse(null);
    }

    private void keep(Answer answer) {
        pins.compute(answer.address(), (same, before) -> next(before, answer));
    }

    private Pin next(@Nullable Pin before, Answer answer) {
        NoDestination refusal = answer.refusal();
        if (before != null && before.order() > answer.order() && (refusal == null || refusal.mayPass())) {
            return before;
        }
        if (refusal == null) {
            return new Pin(answer.order(), answer.found(), answer.begun(), null);
        }
        if (before == null || !Objects.equals(before.problem(), refusal.getMessage())) {
            log.warn("upstream at {}: {}", answer.address(), refusal.getMessage());
        }
        long known = before == null ? 0 : before.order();
        return refusal.mayPass() && before != null && !isTooOld(before)
                ? new Pin(known, before.addresses(), before.since(), refusal.getMessage())
                : new Pin(refusal.mayPass() ? known : Math.max(known, answer.order()), List.of(), Instant.EPOCH, refusal.getMessage());
    }

    /**
     * What became of a look-up.
     *
     * @param begun when
     * @param refusal why no call may be sent there; null: calls may
     */
    private record Answer(UpstreamAddress address, long order, Instant begun, List<InetAddress> found, @Nullable NoDestination refusal) {}

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
