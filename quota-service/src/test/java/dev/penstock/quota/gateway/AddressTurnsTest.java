package dev.penstock.quota.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.frame.network.Network;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AddressTurnsTest {

    private static final InetAddress A = Network.address("1.1.1.1").orElseThrow();
    private static final InetAddress B = Network.address("2.2.2.2").orElseThrow();
    private static final InetAddress C = Network.address("3.3.3.3").orElseThrow();

    /** Wraps around while the tests run, as it may. */
    private long now = Long.MAX_VALUE - 1;
    private final AddressTurns turns = new AddressTurns(() -> now);

    private List<InetAddress> firsts(int calls, InetAddress... addresses) {
        return Stream.generate(() -> turns.order("u", List.of(addresses)).getFirst()).limit(calls).toList();
    }

    @Test
    void eachIsFirstInTurnAndTheOthersFollow() {
        assertThat(turns.order("u", List.of(A, B, C))).containsExactly(A, B, C);
        assertThat(turns.order("u", List.of(A, B, C))).containsExactly(B, C, A);
        assertThat(turns.order("u", List.of(A, B, C))).containsExactly(C, A, B);
        assertThat(turns.order("u", List.of(A, A))).as("each once").containsExactly(A);
        assertThat(turns.order("u", List.of())).isEmpty();
    }

    /** With one counter for all, two upstreams that are called by turns would each have one address of two. */
    @Test
    void eachUpstreamHasTurnsOfItsOwn() {
        assertThat(turns.order("u", List.of(A, B))).containsExactly(A, B);
        assertThat(turns.order("v", List.of(A, B))).containsExactly(A, B);
        assertThat(turns.order("u", List.of(A, B))).containsExactly(B, A);
        assertThat(turns.order("v", List.of(A, B))).containsExactly(B, A);
        turns.away("u", A);
        assertThat(turns.order("v", List.of(A, B))).containsExactly(A, B);
    }

    @Test
    void oneThatIsAwayComesLastAndItsShareIsDividedAmongTheOthers() {
        assertThat(turns.away("u", B)).isTrue();
        assertThat(turns.away("u", B)).as("no news").isFalse();
        assertThat(firsts(6, A, B, C)).containsOnly(A, C).filteredOn(A::equals).hasSize(3);
        assertThat(turns.order("u", List.of(A, B, C))).endsWith(B).hasSize(3);
        turns.reached("u", B);
        assertThat(firsts(3, A, B, C)).containsExactlyInAnyOrder(A, B, C);
    }

    @Test
    void oneCallInAWhileFindsOutWhetherItIsBack() {
        turns.away("u", B);
        now += AddressTurns.LAST_FOR.toNanos();
        assertThat(firsts(5, A, B, C)).startsWith(B).filteredOn(B::equals).hasSize(1);
        now += AddressTurns.LAST_FOR.toNanos();
        assertThat(turns.order("u", List.of(A, B, C))).startsWith(B).containsExactlyInAnyOrder(A, B, C);
    }

    @Test
    void whereAllAreAwayAllAreTried() {
        turns.away("u", A);
        turns.away("u", B);
        assertThat(turns.order("u", List.of(A, B))).containsExactlyInAnyOrder(A, B);
    }

    @Test
    void whatIsNotPinnedAnyMoreIsForgotten() {
        turns.away("u", B);
        assertThat(turns.order("u", List.of(A, C))).containsExactlyInAnyOrder(A, C);
        assertThat(turns.away("u", B)).as("news again").isTrue();
    }
}
