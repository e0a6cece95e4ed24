package dev.penstock.platform.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.EndpointId;
import dev.penstock.contract.GpuTime;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.RequestId;
import dev.penstock.contract.SliceId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.EndpointState;
import dev.penstock.contract.platform.RequestState;
import dev.penstock.contract.platform.SliceState;
import dev.penstock.platform.request.Requests;
import dev.penstock.platform.slice.Approved;
import dev.penstock.platform.slice.Ending;
import dev.penstock.platform.slice.Interruption;
import dev.penstock.platform.slice.Serving;
import dev.penstock.platform.slice.Slice;
import dev.penstock.platform.slice.SliceKey;
import dev.penstock.platform.slice.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an endpoint is, by what its request and its slice are and what is wanted of it. */
class DerivationTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @ParameterizedTest(name = "request {0}, no slice → wanted running {1}, stopped {2}, deleted {3}")
    @CsvSource({
        "SUBMITTED, REQUESTED, STOPPING, DELETING",
        "APPROVED,  QUEUED,    STOPPING, DELETING",
        "REJECTED,  FAILED,    STOPPED,  DELETED",
        "LAPSED,    FAILED,    STOPPED,  DELETED",
        "WITHDRAWN, STOPPED,   STOPPED,  DELETED",
    })
    void whileThereIsNoSlice(RequestState request, EndpointState running, EndpointState stopped, EndpointState deleted) {
        assertAll(standing(request), null, running, stopped, deleted);
    }

    @ParameterizedTest(name = "slice {0}, ready before: {1} → wanted running {2}, stopped {3}, deleted {4}")
    @CsvSource({
        "QUEUED,       false, QUEUED,    STOPPING, DELETING",
        "RESERVED,     false, QUEUED,    STOPPING, DELETING",
        "PROVISIONING, false, STARTING,  STOPPING, DELETING",
        "PROVISIONING, true,  UNHEALTHY, STOPPING, DELETING",
        "READY,        true,  READY,     STOPPING, DELETING",
        "SUSPENDED,    true,  UNHEALTHY, STOPPING, DELETING",
        "DRAINING,     true,  STOPPING,  STOPPING, DELETING",
        "RELEASED,     true,  STOPPED,   STOPPED,  DELETED",
        "EXPIRED,      true,  STOPPED,   STOPPED,  DELETED",
        "FAILED,       false, FAILED,    STOPPED,  DELETED",
    })
    void withASlice(SliceState slice, boolean readyBefore, EndpointState running, EndpointState stopped, EndpointState deleted) {
        assertAll(standing(RequestState.APPROVED), slice(slice, readyBefore), running, stopped, deleted);
    }

    @Test
    void whatStepsAsideComesBack() {
        Slice aside = Objects.requireNonNull(slice(SliceState.READY, true).steppedAside("Its node is being emptied.")).after();
        assertAll(standing(RequestState.APPROVED), aside, EndpointState.UNHEALTHY, EndpointState.STOPPING, EndpointState.DELETING);
    }

    @ParameterizedTest(name = "{0} {1} → {2}")
    @CsvSource(delimiter = '|', textBlock = """
            REJECTED |         | Its slice was refused by olga: too large
            LAPSED   |         | Nobody decided on its slice in time.
            SUBMITTED|         | Somebody has to agree to its slice.
            APPROVED | QUEUED  | because
            APPROVED | READY   | not renewed
            APPROVED | EXPIRED | not renewed
            APPROVED | FAILED  | because
            """)
    void theReasonSaysWhy(RequestState request, @Nullable SliceState slice, String reason) {
        Derivation is = Derivation.of(Wanted.RUNNING, standing(request), slice == null ? null : slice(slice, true), "not renewed");
        assertThat(is.reason()).isEqualTo(reason);
    }

    private static void assertAll(Requests.Standing request, @Nullable Slice slice, EndpointState running, EndpointState stopped, EndpointState deleted) {
        assertThat(Derivation.of(Wanted.RUNNING, request, slice, null).state()).isEqualTo(running);
        assertThat(Derivation.of(Wanted.STOPPED, request, slice, null).state()).isEqualTo(stopped);
        assertThat(Derivation.of(Wanted.DELETED, request, slice, null).state()).isEqualTo(deleted);
    }

    private static Requests.Standing standing(RequestState state) {
        return new Requests.Standing(state, "olga", "too large", 3);
    }

    private static Slice slice(SliceState state, boolean readyBefore) {
        Ending ending = switch (state) {
            case DRAINING, RELEASED -> Ending.RELEASED;
            case EXPIRED -> Ending.EXPIRED;
            case FAILED -> Ending.FAILED;
            case QUEUED, RESERVED, PROVISIONING, READY, SUSPENDED -> null;
        };
        Serving serving = new Serving(new EndpointId(new UUID(1, 6)), "m", "vllm", "w", "n", 8192, List.of());
        Approved approved = new Approved(
                new ProjectId(new UUID(1, 2)), new UUID(1, 3), new RequestId(new UUID(1, 5)), "mine", "h100-80.1g.10gb", 120, Map.of("nvidia.com/mig-1g.10gb", 1),
                "ada", NOON, serving, null, null);
        Standing standing = new Standing(
                state, ending, null, "because", false, 1, null, null, Duration.ofHours(1), readyBefore ? NOON : null, state.live() ? null : NOON, GpuTime.ZERO, null,
                Interruption.NONE);
        return new Slice(new SliceKey(new TenantId(new UUID(1, 1)), new SliceId(new UUID(1, 5))), approved, standing, 7);
    }
}
