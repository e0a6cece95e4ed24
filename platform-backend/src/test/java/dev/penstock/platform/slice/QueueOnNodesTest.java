package dev.penstock.platform.slice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.SliceId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.SliceProfileView.Kind;
import dev.penstock.platform.queue.Calendar;
import dev.penstock.platform.queue.Decision;
import dev.penstock.platform.queue.FairShare;
import dev.penstock.platform.queue.Picture;
import dev.penstock.platform.queue.Place;
import dev.penstock.platform.queue.Waiting;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The order of the queue where parts lie on nodes: what fits by number may fit nowhere, and then holds nobody up. */
class QueueOnNodesTest {

    private static final Instant NOON = Instant.parse("2026-05-04T12:00:00Z");
    private static final TenantId ADA = new TenantId(new UUID(1, 1));
    private static final TenantId BO = new TenantId(new UUID(1, 2));

    @Test
    void twoFreeGpusOfTwoNodesAreNoPairAndGoToWhoeverNeedsOne() {
        Decision decision = decide(whole(Map.of("gpu-a", 1, "gpu-b", 1)), waiting(1, ADA, 2), waiting(2, BO, 1), waiting(3, BO, 1));
        assertThat(decision.queue()).extracting(place -> place.slice().slice().value().getLeastSignificantBits() + " " + place.turn())
                .containsExactly("1 LATER", "2 NOW", "3 NOW");
    }

    @Test
    void aPairThatFitsOnOneNodeGoesFirst() {
        Decision decision = decide(whole(Map.of("gpu-a", 2, "gpu-b", 1)), waiting(1, ADA, 2), waiting(2, BO, 1), waiting(3, BO, 1));
        assertThat(decision.queue()).extracting(Place::turn).containsExactly(Place.Turn.NOW, Place.Turn.NOW, Place.Turn.LATER);
    }

    @Test
    void aNodeThatSharesItsGpusIsOneTenants() {
        PartKind turns = new PartKind("NVIDIA-H100-80GB-HBM3", Kind.TIME_SLICED, "nvidia.com/gpu.shared", 4);
        Decision decision = decide(new Offered(turns, Map.of("gpu-a", 4)), waiting(1, ADA, 1), waiting(2, BO, 1), waiting(3, ADA, 1));
        assertThat(decision.queue()).extracting(place -> place.slice().slice().value().getLeastSignificantBits() + " " + place.turn())
                .containsExactly("1 NOW", "2 LATER", "3 NOW");
    }

    private static Decision decide(Offered offered, Waiting... waiting) {
        Picture.Kind kind = new Picture.Kind("H100", 840, !offered.kind().kind().shares(), Map.of("H100", 3_360L));
        return FairShare.decide(new Picture(kind, () -> Room.beside(offered, List.of()), List.of(), List.of(waiting), Map.of(),
                Calendar.empty(offered.slicesOf(1)), NOON, NOON.plusSeconds(600)));
    }

    private static Offered whole(Map<String, Integer> byNode) {
        return new Offered(new PartKind("NVIDIA-H100-80GB-HBM3", Kind.WHOLE, "nvidia.com/gpu", 1), byNode);
    }

    private static Waiting waiting(int number, TenantId tenant, int size) {
        return new Waiting(tenant, new SliceId(new UUID(0, number)), size, NOON.plusSeconds(number), true, false, null, false, null);
    }
}
