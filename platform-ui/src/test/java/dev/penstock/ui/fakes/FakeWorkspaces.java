package dev.penstock.ui.fakes;

import dev.penstock.contract.Problem;
import dev.penstock.contract.SliceId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.OrganisationRole;
import dev.penstock.contract.platform.SliceDetail;
import dev.penstock.contract.platform.SshCertificate;
import dev.penstock.contract.platform.SshKeySpec;
import dev.penstock.contract.platform.WorkspaceImageSpec;
import dev.penstock.contract.platform.WorkspaceImageView;
import dev.penstock.contract.platform.WorkspaceImagesApi;
import dev.penstock.contract.platform.WorkspaceImagesView;
import dev.penstock.contract.platform.WorkspaceKind;
import dev.penstock.contract.platform.WorkspaceSpec;
import dev.penstock.contract.platform.WorkspaceTicket;
import dev.penstock.contract.platform.WorkspaceView;
import dev.penstock.contract.platform.WorkspacesApi;
import dev.penstock.ui.backend.BackendProblem;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Images that may run, and tickets that lead nowhere. */
public final class FakeWorkspaces {

    static final String DIGEST = "@sha256:4f9a6c1d2e8b7a3f5c0d9e1b2a4c6d8f0e1a3b5c7d9f1e2a4b6c8d0f2e4a6b8c";

    public final SortedMap<String, WorkspaceImageView> listed = new TreeMap<>();
    /** Slices somebody asked a ticket for. */
    public final List<SliceId> opened = new ArrayList<>();

    private final FakeServices services;
    private final Clock clock;

    FakeWorkspaces(FakeServices services, Clock clock) {
        this.services = services;
        this.clock = clock;
    }

    void clear() {
        listed.clear();
        opened.clear();
    }

    /** What a lively afternoon has of them. */
    void fill(Instant now) {
        image("pytorch-lab", WorkspaceKind.JUPYTERLAB, "PyTorch 2.9 with JupyterLab", "registry.example/lab/pytorch", true, now.minus(Duration.ofDays(9)));
        image("pytorch-code", WorkspaceKind.VSCODE, "PyTorch 2.9 with VS Code", "registry.example/lab/pytorch-code", true, now.minus(Duration.ofDays(9)));
        image("cuda-ssh", WorkspaceKind.SSH, "CUDA 13 by SSH", "registry.example/lab/cuda", true, now.minus(Duration.ofDays(2)));
        image("old-lab", WorkspaceKind.JUPYTERLAB, "PyTorch 2.4 with JupyterLab", "registry.example/lab/pytorch", false, now.minus(Duration.ofDays(200)));
        runs(2, "pytorch-lab", true);
        runs(8, "pytorch-code", false);
    }

    private void image(String id, WorkspaceKind kind, String title, String repository, boolean offered, Instant at) {
        listed.put(id, new WorkspaceImageView(id, kind, title, repository + DIGEST, offered, "admin", at));
    }

    /** A slice of the showcase runs that image. */
    public void runs(int slice, String image, boolean mayEnter) {
        WorkspaceImageView of = FakeServices.found(listed.get(image));
        SliceDetail was = FakeServices.found(services.slices.get(Ids.slice(slice)));
        services.slices.put(Ids.slice(slice), new SliceDetail(
                was.slice(), was.timeline(), was.namespace(), was.connect(), was.longestLeaseSeconds(), was.setAside(),
                new WorkspaceView(of.id(), of.kind(), of.title(), of.reference(), 50), mayEnter));
    }

    /** What a request was made with; null: nothing of it. */
    @Nullable WorkspaceView asked(@Nullable WorkspaceSpec spec) {
        if (spec == null) {
            return null;
        }
        WorkspaceImageView of = FakeServices.found(listed.get(spec.image()));
        return new WorkspaceView(of.id(), of.kind(), of.title(), of.reference(), spec.volumeGib());
    }

    WorkspaceImagesApi images() {
        return new WorkspaceImagesApi() {
            @Override
            public WorkspaceImagesView list() {
                services.up();
                boolean all = services.persona().organisationRoles().contains(OrganisationRole.ADMIN);
                return new WorkspaceImagesView(listed.values().stream().filter(image -> all || image.offered()).toList(), 20, 500);
            }

            @Override
            public WorkspaceImageView put(String image, WorkspaceImageSpec spec) {
                services.up();
                if (spec.reference().contains("refused.example")) {
                    throw new BackendProblem(Problem.INVALID_INPUT, "reference: registry/repository@sha256:…, by digest and without a tag", "77aa-0001");
                }
                var view = new WorkspaceImageView(image, spec.kind(), spec.title(), spec.reference(), spec.offered(), services.persona().subject(), clock.instant());
                listed.put(image, view);
                return view;
            }
        };
    }

    WorkspacesApi workspaces() {
        return new WorkspacesApi() {
            @Override
            public WorkspaceTicket open(TenantId tenant, SliceId slice) {
                services.up();
                opened.add(slice);
                return new WorkspaceTicket(URI.create("http://0123456789ab.workspaces.localhost:8091/.penstock/enter?ticket=t"), clock.instant().plusSeconds(60));
            }

            @Override
            public SshCertificate sign(TenantId tenant, SliceId slice, SshKeySpec spec) {
                services.up();
                if (!spec.publicKey().startsWith("ssh-ed25519 ")) {
                    throw new BackendProblem(Problem.INVALID_INPUT, "publicKey: the line of an Ed25519 key", "77aa-0002");
                }
                return new SshCertificate("ssh-ed25519-cert-v01@openssh.com AAAAIHNz", "workspace-" + slice, 42, clock.instant().plus(Duration.ofMinutes(spec.minutes())), "ssh -J workspace-" + slice + "@ssh.example.com workspace@6f1c2ab09d3e");
            }
        };
    }
}
