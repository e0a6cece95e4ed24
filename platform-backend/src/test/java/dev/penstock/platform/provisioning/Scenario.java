package dev.penstock.platform.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.platform.NodeGoal;
import dev.penstock.contract.platform.SliceState;
import dev.penstock.platform.cluster.Cluster.Deletion;
import dev.penstock.platform.running.Tenancy;
import dev.penstock.platform.slice.Approved;
import dev.penstock.platform.slice.Slice;
import dev.penstock.platform.slice.SliceKey;
import dev.penstock.simulators.cluster.fault.Fault;
import dev.penstock.simulators.cluster.fault.Faults;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Lives of a slice, each from the queue to its end. What happens to it comes from outside; the reconciler is whoever is given. */
enum Scenario {
    BROUGHT_UP_AND_RELEASED(SliceState.RELEASED) {
        @Override
        void live(SliceBench bench, SliceKey key, Reconciling reconcile) {
            readyForAWhile(bench, reconcile);
            bench.release(key);
        }
    },
    EXPIRED(SliceState.EXPIRED) {
        @Override
        void live(SliceBench bench, SliceKey key, Reconciling reconcile) {
            readyForAWhile(bench, reconcile);
            bench.passes(SliceBench.LEASE.plusSeconds(5));
        }
    },
    RELEASED_FROM_THE_QUEUE(SliceState.RELEASED) {
        @Override
        void live(SliceBench bench, SliceKey key, Reconciling reconcile) {
            bench.release(key);
        }
    },
    NODE_LOST(SliceState.RELEASED) {
        @Override
        void live(SliceBench bench, SliceKey key, Reconciling reconcile) {
            nodeLost(bench, key, reconcile);
        }
    },
    NODE_EMPTIED(SliceState.RELEASED) {
        @Override
        void live(SliceBench bench, SliceKey key, Reconciling reconcile) {
            readyForAWhile(bench, reconcile);
            String node = Objects.requireNonNull(bench.slice(key).standing().node());
            NodeReconciler nodes = bench.nodeReconciler((step, name) -> {});
            bench.order(node, NodeGoal.EMPTY, 0);
            nodes.reconcile(node);
            reconcile.until(slice -> slice.state() == SliceState.READY && slice.phase() == 2);
            assertThat(bench.slice(key).standing().node()).isNotEqualTo(node);
            bench.order(node, NodeGoal.OPEN, 0);
            nodes.reconcile(node);
            bench.release(key);
        }
    },
    POD_VANISHED(SliceState.RELEASED) {
        @Override
        void live(SliceBench bench, SliceKey key, Reconciling reconcile) {
            readyForAWhile(bench, reconcile);
            bench.cluster.podsOfSlice(bench.namespace(), key.slice().toString())
                    .forEach(pod -> bench.cluster.delete(pod, Deletion.AT_ONCE));
            reconcile.until(slice -> slice.state() == SliceState.READY && slice.phase() == 2);
            bench.release(key);
        }
    },
    NO_QUOTA_AT_FIRST(SliceState.RELEASED) {
        @Override
        void live(SliceBench bench, SliceKey key, Reconciling reconcile) {
            bench.quota().limit(SliceBench.SEVENTH, 0);
            try {
                reconcile.until(slice -> slice.standing().reason() != null && slice.standing().reason().contains("may hold 0"));
                assertThat(bench.slice(key).standing().holdsRoom()).as("gives its part back while it waits for quota").isFalse();
            } finally {
                bench.quota().unlimited(SliceBench.SEVENTH);
            }
            readyForAWhile(bench, reconcile);
            bench.release(key);
        }
    },
    NOT_PLACED_AT_FIRST(SliceState.RELEASED) {
        @Override
        void live(SliceBench bench, SliceKey key, Reconciling reconcile) {
            notPlacedAtFirst(bench, key, reconcile);
        }
    },
    FALTERED(SliceState.RELEASED) {
        @Override
        void live(SliceBench bench, SliceKey key, Reconciling reconcile) {
            readyForAWhile(bench, reconcile);
            Faults.Active lost = bench.simulated.faults().add(new Fault.NodeLost(Objects.requireNonNull(bench.slice(key).standing().node())));
            try {
                reconcile.until(SliceState.PROVISIONING);
            } finally {
                bench.simulated.faults().lift(lost.id());
            }
            reconcile.until(SliceState.READY);
            assertThat(bench.slice(key).phase()).as("the same pod came back").isEqualTo(1);
            bench.release(key);
        }
    },
    KEEPS_CRASHING(SliceState.FAILED) {
        @Override
        void live(SliceBench bench, SliceKey key, Reconciling reconcile) {
            Faults.Active crash = bench.simulated.faults().add(new Fault.CrashLoop(Fault.ContainerMatch.of("", key.slice().toString()), 1));
            try {
                reconcile.until(slice -> slice.state() == SliceState.DRAINING || !slice.state().live());
                assertThat(bench.slice(key).standing().endingReason()).contains("crashing");
            } finally {
                bench.simulated.faults().lift(crash.id());
            }
        }
    },
    SUSPENDED_AND_RESUMED(SliceState.RELEASED) {
        @Override
        void live(SliceBench bench, SliceKey key, Reconciling reconcile) {
            readyForAWhile(bench, reconcile);
            bench.suspend(key);
            reconcile.until(SliceState.SUSPENDED);
            bench.assertNothingOnTheCluster(key);
            assertThat(bench.quota().open()).as("its quota stays set aside").isEqualTo(1);
            bench.resume(key);
            reconcile.until(slice -> slice.state() == SliceState.READY && slice.phase() == 2);
            bench.release(key);
        }
    },
    SUSPENDED_UNTIL_THE_LEASE_ENDS(SliceState.EXPIRED) {
        @Override
        void live(SliceBench bench, SliceKey key, Reconciling reconcile) {
            readyForAWhile(bench, reconcile);
            bench.suspend(key);
            reconcile.until(SliceState.SUSPENDED);
            bench.passes(SliceBench.LEASE);
        }
    },
    RELEASED_WHILE_IT_STEPS_ASIDE(SliceState.RELEASED) {
        @Override
        void live(SliceBench bench, SliceKey key, Reconciling reconcile) {
            readyForAWhile(bench, reconcile);
            bench.stepAside(key);
            bench.release(key);
        }
    },
    STEPPED_ASIDE_AND_BACK(SliceState.RELEASED) {
        @Override
        void live(SliceBench bench, SliceKey key, Reconciling reconcile) {
            steppedAsideAndBack(bench, key, reconcile);
        }
    },
    STOPPED_FOR_A_GUARANTEE_AND_BROUGHT_UP_AGAIN(SliceState.RELEASED, bench -> bench.queued(SliceBench.WHOLE)) {
        @Override
        void live(SliceBench bench, SliceKey key, Reconciling reconcile) {
            stoppedForAGuarantee(bench, key, reconcile);
        }
    },
    DEVICE_CLAIMED_AND_GIVEN_BACK(SliceState.RELEASED, bench -> bench.queued(SliceBench.CLAIMED)) {
        @Override
        void live(SliceBench bench, SliceKey key, Reconciling reconcile) {
            readyForAWhile(bench, reconcile);
            bench.release(key);
        }
    },
    CLAIMED_DEVICES_NODE_LOST(SliceState.RELEASED, bench -> bench.queued(SliceBench.CLAIMED)) {
        @Override
        void live(SliceBench bench, SliceKey key, Reconciling reconcile) {
            nodeLost(bench, key, reconcile);
        }
    },
    CLAIMED_DEVICE_NOT_PLACED_AT_FIRST(SliceState.RELEASED, bench -> bench.queued(SliceBench.CLAIMED)) {
        @Override
        void live(SliceBench bench, SliceKey key, Reconciling reconcile) {
            notPlacedAtFirst(bench, key, reconcile, Strangers.takeEveryProcessor(bench, "claims-a", "claims-b"), "Insufficient cpu");
        }
    },
    CLAIMED_DEVICE_GIVEN_UP_AND_CLAIMED_AGAIN(SliceState.RELEASED, bench -> bench.queued(SliceBench.CLAIMED)) {
        @Override
        void live(SliceBench bench, SliceKey key, Reconciling reconcile) {
            steppedAsideAndBack(bench, key, reconcile);
        }
    },
    WORKSPACE_WITH_A_VOLUME_SUSPENDED_AND_RESUMED(SliceState.RELEASED, SliceBench::workspace) {
        @Override
        void live(SliceBench bench, SliceKey key, Reconciling reconcile) {
            readyForAWhile(bench, reconcile);
            String volume = bench.volume(key);
            bench.suspend(key);
            reconcile.until(SliceState.SUSPENDED);
            assertThat(bench.cluster.podsOfSlice(bench.namespace(), key.slice().toString())).isEmpty();
            bench.sweep();
            assertThat(bench.volume(key)).as("nobody sweeps what will be wanted").isEqualTo(volume);
            bench.resume(key);
            reconcile.until(slice -> slice.state() == SliceState.READY && slice.phase() == 2);
            assertThat(bench.volume(key)).as("the same files").isEqualTo(volume);
            bench.release(key);
        }
    },
    WORKSPACE_WITH_A_VOLUME_SUSPENDED_UNTIL_THE_LEASE_ENDS(SliceState.EXPIRED, SliceBench::workspace) {
        @Override
        void live(SliceBench bench, SliceKey key, Reconciling reconcile) {
            readyForAWhile(bench, reconcile);
            bench.suspend(key);
            reconcile.until(SliceState.SUSPENDED);
            bench.passes(SliceBench.LEASE);
        }
    },
    MODEL_SERVED_AND_STOPPED(SliceState.RELEASED, SliceBench::endpoint) {
        @Override
        void live(SliceBench bench, SliceKey key, Reconciling reconcile) {
            readyForAWhile(bench, reconcile);
            bench.release(key);
        }
    },
    MODEL_SERVERS_NODE_LOST(SliceState.RELEASED, SliceBench::endpoint) {
        @Override
        void live(SliceBench bench, SliceKey key, Reconciling reconcile) {
            nodeLost(bench, key, reconcile);
        }
    },
    MODEL_SERVER_NOT_PLACED_AT_FIRST(SliceState.RELEASED, SliceBench::endpoint) {
        @Override
        void live(SliceBench bench, SliceKey key, Reconciling reconcile) {
            notPlacedAtFirst(bench, key, reconcile);
        }
    },
    MODEL_SERVER_STEPPED_ASIDE_AND_BACK(SliceState.RELEASED, SliceBench::endpoint) {
        @Override
        void live(SliceBench bench, SliceKey key, Reconciling reconcile) {
            steppedAsideAndBack(bench, key, reconcile);
        }
    },
    WAITED_IN_KUEUES_QUEUE(SliceState.RELEASED, bench -> bench.queued(SliceBench.BY_KUEUE)) {
        @Override
        void live(SliceBench bench, SliceKey key, Reconciling reconcile) {
            KueueOnBench.quota(bench, 0);
            try {
                reconcile.until(slice -> String.valueOf(slice.standing().reason()).startsWith("Waits in Kueue's queue gpus: couldn't assign flavors"));
                bench.passes(Duration.ofMinutes(1));
                reconcile.until(slice -> slice.state() == SliceState.PROVISIONING && slice.phase() == 1);
            } finally {
                KueueOnBench.quota(bench, KueueOnBench.ALL);
            }
            readyForAWhile(bench, reconcile);
            bench.release(key);
        }
    },
    RELEASED_FROM_KUEUES_QUEUE(SliceState.RELEASED, bench -> bench.queued(SliceBench.BY_KUEUE)) {
        @Override
        void live(SliceBench bench, SliceKey key, Reconciling reconcile) {
            KueueOnBench.quota(bench, 0);
            try {
                reconcile.until(slice -> String.valueOf(slice.standing().reason()).startsWith("Waits in Kueue's queue"));
                bench.release(key);
                reconcile.until(SliceState.RELEASED);
            } finally {
                KueueOnBench.quota(bench, KueueOnBench.ALL);
            }
        }
    },
    TAKEN_BACK_BY_KUEUE(SliceState.RELEASED, bench -> bench.queued(SliceBench.BY_KUEUE)) {
        @Override
        void live(SliceBench bench, SliceKey key, Reconciling reconcile) {
            takenBackByKueue(bench, key, reconcile);
        }
    },
    MODEL_SERVER_TAKEN_BACK_BY_KUEUE(SliceState.RELEASED, bench -> bench.endpoint(SliceBench.BY_KUEUE)) {
        @Override
        void live(SliceBench bench, SliceKey key, Reconciling reconcile) {
            takenBackByKueue(bench, key, reconcile);
        }
    };

    /** Reconciles the slice until something is so. */
    interface Reconciling {
        void until(Predicate<Slice> done);

        default void until(SliceState state) {
            until(slice -> slice.state() == state);
        }
    }

    private static final Set<Step> WITH_A_VOLUME = EnumSet.of(
            Step.APPLY_WORKSPACE, Step.APPLY_POD, Step.DELETE_SERVER, Step.DELETE_PODS, Step.SHRINK_NAMESPACE, Step.RECORD_ASIDE, Step.RECORD_END);

    private static final Set<Step> BY_CLAIM = EnumSet.of(
            Step.OBSERVE, Step.APPLY_CLAIM, Step.APPLY_POD, Step.DELETE_LEFTOVERS, Step.DELETE_UNPLACED, Step.DELETE_SERVER, Step.DELETE_PODS, Step.SHRINK_NAMESPACE,
            Step.RECORD_READY, Step.RECORD_LOST, Step.RECORD_REQUEUED, Step.RECORD_ASIDE, Step.RECORD_END);

    private static final Set<Step> IN_KUEUE = EnumSet.of(Step.OBSERVE, Step.APPLY_NAMESPACE, Step.APPLY_POD, Step.RECORD_TAKEN_BACK);

    private final SliceState end;
    private final Function<SliceBench, SliceKey> begin;

    Scenario(SliceState end) {
        this(end, bench -> bench.queued(SliceBench.SEVENTH));
    }

    Scenario(SliceState end, Function<SliceBench, SliceKey> begin) {
        this.end = end;
        this.begin = begin;
    }

    /** The slice whose life it is: asked for and approved, so it is queued. */
    SliceKey begin(SliceBench bench) {
        return begin.apply(bench);
    }

    /** What runs on it: each goes other ways on the cluster. With a volume or by a claim, a workspace goes another way at some steps only. */
    static String what(Slice slice, Step step) {
        Approved approved = slice.approved();
        return approved.what() + (approved.workspace() != null && WITH_A_VOLUME.contains(step) ? " with a volume" : "")
                + (approved.profile().equals(SliceBench.CLAIMED) && BY_CLAIM.contains(step) ? " by claim" : "")
                + (approved.profile().equals(SliceBench.BY_KUEUE) && IN_KUEUE.contains(step) ? " by Kueue" : "");
    }

    SliceState end() {
        return end;
    }

    /** Long enough that there is time to book. */
    private static void readyForAWhile(SliceBench bench, Reconciling reconcile) {
        reconcile.until(SliceState.READY);
        bench.passes(Duration.ofSeconds(3));
        reconcile.until(SliceState.READY);
    }

    private static void nodeLost(SliceBench bench, SliceKey key, Reconciling reconcile) {
        readyForAWhile(bench, reconcile);
        String node = Objects.requireNonNull(bench.slice(key).standing().node());
        Faults.Active lost = bench.simulated.faults().add(new Fault.NodeLost(node));
        try {
            reconcile.until(SliceState.PROVISIONING);
            bench.passes(Duration.ofMinutes(1));
            reconcile.until(slice -> slice.state() == SliceState.READY && slice.phase() == 2);
            assertThat(bench.slice(key).standing().node()).isNotEqualTo(node);
        } finally {
            bench.simulated.faults().lift(lost.id());
        }
        bench.waitFor(() -> bench.cluster.nodes().stream().allMatch(seen -> seen.ready()));
        bench.release(key);
    }

    private static void steppedAsideAndBack(SliceBench bench, SliceKey key, Reconciling reconcile) {
        readyForAWhile(bench, reconcile);
        bench.stepAside(key);
        reconcile.until(slice -> slice.state() != SliceState.DRAINING);
        assertThat(bench.slice(key).phase()).isEqualTo(2);
        reconcile.until(SliceState.READY);
        bench.release(key);
    }

    /** Somebody else has the quota for a while. */
    private static void takenBackByKueue(SliceBench bench, SliceKey key, Reconciling reconcile) {
        readyForAWhile(bench, reconcile);
        KueueOnBench.quota(bench, 0);
        try {
            bench.simulated.kueue().preempt(bench.namespace(), bench.cluster.podsOfSlice(bench.namespace(), key.slice().toString()).getFirst().name());
            reconcile.until(slice -> slice.phase() == 2 && String.valueOf(slice.standing().reason()).startsWith("Waits in Kueue's queue gpus: couldn't assign flavors"));
            assertThat(bench.slice(key).leaseEndsAt()).as("its lease stands still").isNull();
        } finally {
            KueueOnBench.quota(bench, KueueOnBench.ALL);
        }
        reconcile.until(slice -> slice.state() == SliceState.READY && slice.phase() == 2);
        bench.release(key);
    }

    private static void notPlacedAtFirst(SliceBench bench, SliceKey key, Reconciling reconcile) {
        notPlacedAtFirst(bench, key, reconcile, Strangers.takeEverySeventh(bench), "Insufficient nvidia.com/mig-1g.10gb");
    }

    /** @param strangers somebody else's pods, which we do not count, are on everything that it needs */
    private static void notPlacedAtFirst(SliceBench bench, SliceKey key, Reconciling reconcile, Strangers strangers, String words) {
        try {
            reconcile.until(slice -> slice.state() == SliceState.PROVISIONING && String.valueOf(slice.standing().reason()).contains("cannot place"));
            bench.passes(Duration.ofMinutes(1));
            reconcile.until(SliceState.QUEUED);
            assertThat(bench.slice(key).standing().reason()).contains("nodes are available", words);
        } finally {
            strangers.leave();
        }
        readyForAWhile(bench, reconcile);
        bench.release(key);
    }

    /** Another tenant is guaranteed all there is, and asks for it; later it does without. */
    private static void stoppedForAGuarantee(SliceBench bench, SliceKey key, Reconciling reconcile) {
        readyForAWhile(bench, reconcile);
        Tenancy promised = bench.another();
        assertThat(bench.share(promised, 1, Map.of(SliceBench.WHOLE, 3)).status()).isEqualTo(200);
        List<SliceKey> asking = Stream.generate(() -> bench.queued(promised, SliceBench.WHOLE)).limit(3).toList();
        bench.askBack();
        assertThat(bench.slice(key).standing().interruption().givesBackAt()).isNotNull();
        bench.passes(Duration.ofMinutes(10));
        bench.askBack();
        reconcile.until(slice -> slice.state() != SliceState.DRAINING && slice.phase() == 2);
        assertThat(bench.cluster.podsOfSlice(bench.namespace(), key.slice().toString())).isEmpty();
        reconcile.until(slice -> String.valueOf(slice.standing().reason()).startsWith("What is free"));
        SliceReconciler others = bench.reconciler((step, slice) -> {});
        for (SliceKey one : asking) {
            bench.release(one);
            bench.until(others::reconcile, one, slice -> !slice.state().live());
        }
        assertThat(bench.share(promised, 1, Map.of()).status()).isEqualTo(200);
        reconcile.until(slice -> slice.state() == SliceState.READY && slice.phase() == 2);
        assertThat(bench.slice(key).leaseEndsAt()).as("its lease stood still").isAfterOrEqualTo(
                Objects.requireNonNull(bench.slice(key).standing().readyAt()).plus(SliceBench.LEASE));
        bench.release(key);
    }

    abstract void live(SliceBench bench, SliceKey key, Reconciling reconcile);
}
