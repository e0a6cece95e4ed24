package dev.penstock.ui.fakes;

import dev.penstock.contract.GpuTime;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.FeatureView;
import dev.penstock.contract.platform.ApprovalPolicy;
import dev.penstock.contract.platform.IdlenessView;
import dev.penstock.contract.platform.NodeView;
import dev.penstock.contract.platform.PolicyCheck;
import dev.penstock.contract.platform.QueuePlace;
import dev.penstock.contract.platform.RequestState;
import dev.penstock.contract.platform.ShareSpec;
import dev.penstock.contract.platform.SliceDetail;
import dev.penstock.contract.platform.SliceProfileView;
import dev.penstock.contract.platform.SliceRequestView;
import dev.penstock.contract.platform.SliceState;
import dev.penstock.contract.platform.SliceView;
import dev.penstock.contract.platform.TenantView;
import dev.penstock.contract.quota.AuditEntry;
import dev.penstock.contract.quota.LimitView;
import dev.penstock.contract.quota.Meter;
import dev.penstock.contract.quota.PrincipalKind;
import dev.penstock.contract.quota.TenantRole;
import dev.penstock.contract.quota.Window;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A lively afternoon: two tenants, slices in several states, requests that wait, a limit that is near. */
public final class Showcase {

    private final FakeServices services;
    private final Instant now;

    private Showcase(FakeServices services, Instant now) {
        this.services = services;
        this.now = now;
    }

    public static void fill(FakeServices services, Instant now) {
        var showcase = new Showcase(services, now);
        showcase.profiles();
        showcase.tenants();
        showcase.slices();
        showcase.activity();
        showcase.requests();
        showcase.limits();
        showcase.nodes();
        showcase.audit();
        ModelShowcase.fill(services, now);
        BookShowcase.fill(services, now);
        services.health = HealthShowcase.well(now);
        services.workspaces.fill(now);
        services.aliases.fill();
        services.upstreams.fill();
        services.stops.fill();
        services.steering.fill();
    }

    private void profiles() {
        profile("h100-80.1g.10gb", "1g.10gb", "NVIDIA H100 80 GB", 120, 1, 1, 9856, 14, 6, 0);
        profile("h100-80.2g.20gb", "2g.20gb", "NVIDIA H100 80 GB", 240, 2, 2, 19968, 6, 2, 0);
        profile("h100-80.3g.40gb", "3g.40gb", "NVIDIA H100 80 GB", 420, 3, 4, 40448, 4, 1, 1);
        profile("h100-80.7g.80gb", "7g.80gb", "NVIDIA H100 80 GB", 840, 7, 8, 81024, 2, 0, 2);
        services.profiles.add(new SliceProfileView(
                "h200-141.whole", "whole", "NVIDIA H200 141 GB", SliceProfileView.Kind.WHOLE, "nvidia.com/gpu", 1, 1, 840, 7, 8, 143771,
                "The whole card: nothing is shared.", 4, 3, 0, null, null));
        services.profiles.add(new SliceProfileView(
                "h100-80.time-sliced-4", "time-sliced 1/4", "NVIDIA H100 80 GB", SliceProfileView.Kind.TIME_SLICED, "nvidia.com/gpu.shared", 1, 4, 210, 7, 8, 20_389,
                "Up to 4 slices of your own tenant take turns on one card. No memory isolation: one can use up the memory of all, and a fault of one can end the others.",
                8, 5, 0, null, null));
        services.profiles.add(new SliceProfileView(
                "h100-80.mps-4", "MPS 1/4", "NVIDIA H100 80 GB", SliceProfileView.Kind.MPS, "nvidia.com/gpu.shared", 1, 4, 210, 7, 8, 20_389,
                "Up to 4 slices of your own tenant run side by side on one card, each limited to its share of memory and computing by software. A fault of one can end the others.",
                0, 0, 0, "No node of this device shares its GPUs by MPS among 4.", null));
        services.profiles.add(new SliceProfileView(
                "h100-80.dra-1g.10gb", "DRA 1g.10gb", "NVIDIA H100 80 GB", SliceProfileView.Kind.DRA, "mig.nvidia.com[device.driver == 'gpu.nvidia.com']", 1, 1, 120, 1, 1, 9856,
                "Memory, cache and compute cut in hardware.", 2, 1, 0, null, null));
        services.profiles.add(new SliceProfileView(
                "a100-40.whole", "whole", "NVIDIA A100 40 GB", SliceProfileView.Kind.WHOLE, "nvidia.com/gpu", 1, 1, 840, 7, 8, 40_960,
                "The whole card: nothing is shared.", 0, 0, 0, "No node has a GPU of this device.", null));
    }

    private void profile(
            String id, String name, String device, int parts, int compute, int memory, long mib, int total, int free, int waiting) {
        services.profiles.add(new SliceProfileView(
                id, name, device, SliceProfileView.Kind.MIG, "nvidia.com/mig-" + name, 1, 1, parts, compute, memory, mib,
                "Memory, cache and compute cut in hardware.", total, free, waiting, null, null));
    }

    private void tenants() {
        services.tenants.put(Ids.RESEARCH, new TenantView(
                Ids.RESEARCH, "research", "Research", "Europe/Berlin", "EUR", List.of(new TenantView.CostCentre("4711", LocalDate.of(2026, 1, 1))),
                List.of(new TenantView.Project(Ids.VISION, "research-vision", now), new TenantView.Project(Ids.LANGUAGE, "research-language", now)),
                List.of(
                        new TenantView.Member(Ids.member(1), PrincipalKind.GROUP, "research-vision", TenantRole.MEMBER, Ids.VISION),
                        new TenantView.Member(Ids.member(2), PrincipalKind.GROUP, "research-leads", TenantRole.OWNER, null)),
                new ApprovalPolicy(GpuTime.ofGpuHours(4), 604_800), now.minus(Duration.ofDays(90))));
        services.shares.put(Ids.RESEARCH, new ShareSpec(3, Map.of("h100-80.1g.10gb", 4)));
        services.shares.put(Ids.RISK, new ShareSpec(1, Map.of("h100-80.3g.40gb", 1)));
        services.tenants.put(Ids.RISK, new TenantView(
                Ids.RISK, "risk", "Risk", "Europe/Zurich", "CHF", List.of(new TenantView.CostCentre("8100", LocalDate.of(2026, 1, 1))),
                List.of(new TenantView.Project(Ids.SCORING, "risk-scoring", now)),
                List.of(new TenantView.Member(Ids.member(3), PrincipalKind.GROUP, "risk-scoring", TenantRole.MEMBER, Ids.SCORING)),
                new ApprovalPolicy(GpuTime.ZERO, 259_200), now.minus(Duration.ofDays(60))));
    }

    private void slices() {
        slice(1, Ids.RESEARCH, Ids.VISION, "notebook-a", "h100-80.1g.10gb", SliceState.READY, null, "gpu-02", 14 * 3600, Duration.ofHours(12).plusMinutes(12), 3);
        slice(2, Ids.RESEARCH, Ids.VISION, "train-lora", "h100-80.3g.40gb", SliceState.READY, null, "gpu-03", 72 * 3600, Duration.ofHours(20), 11);
        slice(3, Ids.RESEARCH, Ids.VISION, "eval-batch", "h100-80.2g.20gb", SliceState.PROVISIONING, "pulling the workspace image", "gpu-01", 8 * 3600, null, 0);
        slice(4, Ids.RESEARCH, Ids.LANGUAGE, "tokenizer", "h100-80.7g.80gb", SliceState.QUEUED, "no such part is free; 2 wait before it", null, 24 * 3600, null, 0);
        slice(5, Ids.RISK, Ids.SCORING, "score-q4", "h100-80.1g.10gb", SliceState.READY, null, "gpu-01", 48 * 3600, Duration.ofHours(3), 1);
        slice(6, Ids.RESEARCH, Ids.VISION, "notebook-old", "h100-80.1g.10gb", SliceState.EXPIRED, "the lease ended", null, 8 * 3600, Duration.ofHours(30), 8);
        slice(8, Ids.RESEARCH, Ids.VISION, "label-tool", "h100-80.1g.10gb", SliceState.SUSPENDED, "No GPU activity for 4 h.", null, 24 * 3600, Duration.ofHours(9), 2);
        slice(7, Ids.RESEARCH, Ids.VISION, "ablation-3", "h100-80.2g.20gb", SliceState.FAILED, "the workspace image could not be pulled: not found", null, 8 * 3600, null, 0);
    }

    private void slice(
            int number, TenantId tenant, ProjectId project, String name, String profile, SliceState state, @Nullable String reason,
            @Nullable String node, long lease, @Nullable Duration readyFor, int hours) {
        boolean live = state.live();
        Instant ready = readyFor == null ? null : now.minus(readyFor);
        Instant created = ready == null ? now.minusSeconds(95) : ready.minusSeconds(74);
        var view = new SliceView(
                Ids.slice(number), tenant, tenant.equals(Ids.RISK) ? "risk" : "research", project,
                project.equals(Ids.VISION) ? "research-vision" : project.equals(Ids.LANGUAGE) ? "research-language" : "risk-scoring",
                Ids.request(50 + number), name, profile, state, reason, state == SliceState.SUSPENDED ? 2 : 1, node, "scientist", created, ready, lease,
                ready == null || !live ? null : ready.plusSeconds(lease), live ? null : now.minus(Duration.ofHours(2)),
                new GpuTime(hours * GpuTime.PART_SECONDS_PER_GPU_HOUR / 7), live, null, null,
                state == SliceState.QUEUED ? new QueuePlace(3, 12, false, now.plus(Duration.ofMinutes(190)), null) : null, number == 5 ? now.plus(Duration.ofMinutes(9)) : null, null);
        services.slices.put(view.id(), new SliceDetail(
                view, timeline(view, created), "penstock-" + project, state == SliceState.READY ? "kubectl exec -it -n penstock-" + project + " slice-" + view.id() + "-1 -- bash" : null, 604_800,
                new GpuTime(parts(profile) * lease)));
    }

    /** The same, gated on the cluster. */
    public static SliceDetail waitingInKueue(SliceDetail detail) {
        SliceView view = detail.slice();
        var waiting = new SliceView(
                view.id(), view.tenant(), view.tenantName(), view.project(), view.projectName(), view.request(), view.name(), view.profile(), SliceState.PROVISIONING,
                "Waits in Kueue's queue gpus: couldn't assign flavors to pod set main: insufficient unused quota for nvidia.com/mig-2g.20gb in flavor h100, 1 more needed",
                view.phase(), null, view.holder(), view.createdAt(), view.readyAt(), view.leaseSeconds(), view.leaseEndsAt(), view.endedAt(),
                view.gpuTime(), view.mayChange(), view.endpoint(), view.becomes(), new QueuePlace(3, 12, false, null, "gpus"), view.givesBackAt(), view.startsAt());
        return new SliceDetail(
                waiting, detail.timeline(), detail.namespace(), detail.connect(), detail.longestLeaseSeconds(), detail.setAside(), detail.workspace(), detail.mayEnter());
    }

    private void activity() {
        known(1, now, null, null, null);
        known(2, now.minus(Duration.ofMinutes(165)), now.minus(Duration.ofMinutes(45)), now.plus(Duration.ofMinutes(75)), null);
        known(8, now.minus(Duration.ofHours(10)), now.minus(Duration.ofHours(8)), null, now.plus(Duration.ofHours(10)));
    }

    private void known(int slice, Instant idleSince, @Nullable Instant warned, @Nullable Instant suspends, @Nullable Instant releases) {
        services.activity.put(Ids.slice(slice), new IdlenessView.Known(Ids.RESEARCH, Ids.slice(slice), now, idleSince, warned, suspends, releases));
    }

    private long parts(String profile) {
        return services.profiles.stream().filter(each -> each.id().equals(profile)).findFirst().orElseThrow().parts();
    }

    private static List<SliceDetail.Event> timeline(SliceView view, Instant created) {
        var events = new ArrayList<SliceDetail.Event>();
        events.add(new SliceDetail.Event(created, SliceState.QUEUED, "Approved by policy: within what research may hold at once"));
        if (view.state() != SliceState.QUEUED) {
            events.add(new SliceDetail.Event(created.plusMillis(400), SliceState.RESERVED, view.profile() + " set aside for the whole lease"));
            events.add(new SliceDetail.Event(created.plusSeconds(3), SliceState.PROVISIONING, "Workspace written to the cluster"));
            events.add(new SliceDetail.Event(created.plusSeconds(6), null, "Scheduled on " + (view.node() == null ? "gpu-01" : view.node())));
        }
        switch (view.state()) {
            case READY, EXPIRED, SUSPENDED -> events.add(new SliceDetail.Event(created.plusSeconds(74), SliceState.READY, "Workspace answers; the lease runs"));
            case FAILED -> events.add(new SliceDetail.Event(created.plusSeconds(90), SliceState.FAILED, "The workspace image could not be pulled: not found"));
            default -> {}
        }
        if (view.state() == SliceState.SUSPENDED) {
            events.add(new SliceDetail.Event(created.plusSeconds(9_000), SliceState.DRAINING, "No GPU activity for 4 h. The workspace is being taken down and can be resumed."));
            events.add(new SliceDetail.Event(created.plusSeconds(9_012), SliceState.SUSPENDED, "Suspended; its part is given back, its quota stays set aside until the lease ends."));
        }
        if (view.state() == SliceState.EXPIRED) {
            events.add(new SliceDetail.Event(created.plusSeconds(28_874), SliceState.EXPIRED, "The lease ended; what was set aside is given back"));
        }
        return events;
    }

    private void requests() {
        request(1, Ids.RESEARCH, Ids.VISION, "research-vision", "eval-h100", "h100-80.7g.80gb", 24 * 3600, 840, "Compare the distilled model with the teacher on the EU document set, until Friday.", "scientist", 38);
        request(2, Ids.RESEARCH, Ids.LANGUAGE, "research-language", "pretrain-s", "h200-141.whole", 72 * 3600, 840, "Small pre-training run for the tokenizer paper.", "scientist-3", 95);
        request(3, Ids.RISK, Ids.SCORING, "risk-scoring", "score-replay", "h100-80.2g.20gb", 12 * 3600, 240, "Replay of the October scoring for the regulator.", "scientist2", 4);
    }

    private void request(
            int number, TenantId tenant, ProjectId project, String projectName, String name, String profile, long lease, int parts, String purpose,
            String by, int minutes) {
        GpuTime time = GpuTime.of(parts, Duration.ofSeconds(lease));
        services.requests.put(Ids.request(number), new SliceRequestView(
                Ids.request(number), tenant, tenant.equals(Ids.RISK) ? "risk" : "research", project, projectName, name, profile, lease, purpose, time,
                RequestState.SUBMITTED,
                List.of(
                        new PolicyCheck("lease", PolicyCheck.Result.PASSES, "Lease: " + lease / 3600 + " h, allowed up to 168 h"),
                        new PolicyCheck("limits", PolicyCheck.Result.PASSES, "Limits: 1 of 2 slices of this profile held"),
                        new PolicyCheck("gpu-time", PolicyCheck.Result.NEEDS_APPROVAL, "GPU time: " + parts * lease / 3_024_000 + " GPU-hours, approved at once up to 4")),
                by, now.minus(Duration.ofMinutes(minutes)), null, null, null, null, now.plus(Duration.ofHours(71)), true, true, null, null, minutes > 90 ? now : null, null, null, null, null));
    }

    private void limits() {
        long hour = GpuTime.PART_SECONDS_PER_GPU_HOUR;
        limit(1, Ids.RESEARCH, null, Meter.GPU_TIME, null, 1600 * hour, 743 * hour, 88 * hour);
        limit(2, Ids.RESEARCH, Ids.VISION, Meter.GPU_TIME, null, 480 * hour, 371 * hour, 22 * hour + hour / 2);
        limit(3, Ids.RESEARCH, Ids.VISION, Meter.SLICES, "h100-80.1g.10gb", 4, 0, 1);
        limit(4, Ids.RESEARCH, Ids.VISION, Meter.SLICES, "h100-80.3g.40gb", 2, 0, 1);
        limit(5, Ids.RESEARCH, Ids.LANGUAGE, Meter.GPU_TIME, null, 900 * hour, 372 * hour, 65 * hour);
        limit(6, Ids.RISK, null, Meter.GPU_TIME, null, 300 * hour, 96 * hour, 7 * hour);
        limit(7, Ids.RISK, Ids.SCORING, Meter.SLICES, "h100-80.1g.10gb", 2, 0, 1);
    }

    private void limit(
            int number, TenantId tenant, @Nullable ProjectId project, Meter meter, @Nullable String profile, long amount, long used, long aside) {
        boolean month = meter == Meter.GPU_TIME;
        services.limits.put(Ids.limit(number), new LimitView(
                Ids.limit(number), tenant, tenant.equals(Ids.RISK) ? "risk" : "research", project,
                project == null ? null : project.equals(Ids.VISION) ? "research-vision" : project.equals(Ids.LANGUAGE) ? "research-language" : "risk-scoring",
                null, null, null, meter, profile, null, month ? Window.MONTH : Window.NOW, BigInteger.valueOf(amount), true, month ? 80 : null,
                BigInteger.valueOf(used), BigInteger.valueOf(aside),
                month ? now.minus(Duration.ofDays(20)) : null, month ? now.plus(Duration.ofDays(10)) : null, List.of()));
    }

    private void nodes() {
        node("gpu-01", "NVIDIA-H100-80GB-HBM3", true, resource("nvidia.com/mig-1g.10gb", 7, 5), resource("nvidia.com/mig-2g.20gb", 3, 2));
        node("gpu-02", "NVIDIA-H100-80GB-HBM3", true, resource("nvidia.com/mig-1g.10gb", 7, 3), resource("nvidia.com/mig-3g.40gb", 2, 1));
        node("gpu-03", "NVIDIA-H100-80GB-HBM3", true, resource("nvidia.com/mig-3g.40gb", 2, 2), resource("nvidia.com/mig-7g.80gb", 2, 2));
        node("gpu-04", "NVIDIA-H200", false, resource("nvidia.com/gpu", 4, 1));
        FleetShowcase.room(services.room);
        services.use = FleetShowcase.use(now);
        services.features.add(new FeatureView("MIG partitions", true, "On 3 of 3 nodes in service."));
        services.features.add(new FeatureView(
                "MPS", false, "No node is labelled nvidia.com/gpu.sharing-strategy=mps: it needs sharing.mps in the device plugin's configuration."));
        FleetShowcase.repack(services.repack);
    }

    private void node(String name, String product, boolean ready, NodeView.Resource... resources) {
        services.nodes.add(new NodeView(
                name, product, product.equals("NVIDIA-H200") ? "NVIDIA H200 141 GB" : "NVIDIA H100 80 GB", ready, true, true, List.of(resources), FleetShowcase.gpus(name), now,
                FleetShowcase.holders(name), null));
    }

    private static NodeView.Resource resource(String name, int allocatable, int inUse) {
        return new NodeView.Resource(name, allocatable, inUse);
    }

    private void audit() {
        String[][] rows = {
            {"scientist", "slice-request.submit", "eval-h100", "done"}, {"policy", "slice-request.approve", "eval-batch", "done"},
            {"admin", "limit.change", "research-vision, GPU-hours this month", "done"}, {"reconciler", "slice.ready", "train-lora", "done"},
            {"scientist2", "slice-request.approve", "score-replay", "refused"}, {"scientist", "slice.extend", "notebook-a", "done"},
            {"auditor", "audit.read", "filter: today", "done"}, {"reconciler", "slice.expire", "notebook-old", "done"}
        };
        IntStream.range(0, 130).forEach(i -> {
            String[] row = rows[i % rows.length];
            boolean research = i % 3 != 0;
            services.entries.add(new AuditEntry(
                    i + 1, Ids.uuid(0x1000 + i), now.minusSeconds((130L - i) * 97), row[0], row[0].equals("reconciler") || row[0].equals("policy") ? "system" : "person",
                    research ? Ids.RESEARCH : Ids.RISK, research ? "research" : "risk", null, row[1], row[1].substring(0, row[1].indexOf('.')),
                    Ids.uuid(i).toString(), row[2], row[3], row[3].equals("refused") ? "Nobody approves their own request." : row[1].equals("limit.change") ? "Batch job moves to the night" : null,
                    "7d20-b8e3", row[1].equals("limit.change") ? "{\"amount\":1814400000,\"softPercent\":90,\"meter\":\"GPU_TIME\"}" : null,
                    row[1].equals("limit.change") ? "{\"amount\":1451520000,\"softPercent\":80,\"meter\":\"GPU_TIME\"}" : "{\"state\":\"" + row[1] + "\"}",
                    "c41a06be77d2".repeat(5) + "0e95"));
        });
    }
}
