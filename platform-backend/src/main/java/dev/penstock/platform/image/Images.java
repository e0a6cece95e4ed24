package dev.penstock.platform.image;

import dev.penstock.contract.Problem;
import dev.penstock.contract.platform.WorkspaceImageSpec;
import dev.penstock.contract.platform.WorkspaceImageView;
import dev.penstock.contract.platform.WorkspaceImagesView;
import dev.penstock.contract.platform.WorkspaceKind;
import dev.penstock.contract.platform.WorkspaceSpec;
import dev.penstock.frame.audit.AuditEvent;
import dev.penstock.frame.audit.AuditLog;
import dev.penstock.frame.jobs.Job;
import dev.penstock.frame.jobs.JobTransactions;
import dev.penstock.frame.live.Changes;
import dev.penstock.frame.problem.ProblemException;
import dev.penstock.platform.access.Access;
import dev.penstock.platform.slice.Workspace;
import dev.penstock.platform.ssh.SshAuthority;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What may run on a slice that people work on. Nothing else is ever applied: a slice keeps the digest that it was approved with. */
@Component
public class Images {

    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,38}[a-z0-9]");

    private final JobTransactions transactions;
    private final ImageTable table;
    private final Access access;
    private final VolumeSettings volumes;
    private final SshAuthority ssh;
    private final AuditLog audit;
    private final Changes changes;
    private final Clock clock;

    Images(
            JobTransactions transactions,
            ImageTable table,
            Access access,
            VolumeSettings volumes,
            SshAuthority ssh,
            AuditLog audit,
            Changes changes,
            Clock clock) {
        this.transactions = transactions;
        this.table = table;
        this.access = access;
        this.volumes = volumes;
        this.ssh = ssh;
        this.audit = audit;
        this.changes = changes;
        this.clock = clock;
    }

    WorkspaceImagesView list() {
        boolean all = access.seesAllTenants();
        List<WorkspaceImageView> images = transactions.acrossTenants(Job.WEB, access.actor(), table::all).stream()
                .filter(image -> all || image.offered())
                .toList();
        return new WorkspaceImagesView(images, volumes.suggestedGib(), volumes.mostGib());
    }

    WorkspaceImageView put(String id, WorkspaceImageSpec spec) {
        access.requireAdmin();
        if (!ID.matcher(id).matches()) {
            throw new ProblemException(Problem.INVALID_INPUT, "image: lower case letters, digits and hyphens, 2 to 40.");
        }
        if (spec.kind() == WorkspaceKind.SSH && ssh.publicKey().isEmpty()) {
            throw new ProblemException(Problem.INVALID_INPUT, "kind: no key to sign SSH certificates with is configured (penstock.ssh.authority-key-file).");
        }
        return transactions.acrossTenants(Job.WEB, access.actor(), () -> {
            Optional<WorkspaceImageView> before = table.find(id);
            if (before.isPresent() && says(before.get(), spec)) {
                return before.get();
            }
            table.put(id, spec, access.caller().subject(), clock.instant());
            WorkspaceImageView after = table.find(id).orElseThrow();
            audit.append(new AuditEvent(
                    before.isEmpty() ? "workspace-image.add" : "workspace-image.change", "workspace-image", id, after.title(), null, null, before.orElse(null), after));
            changes.tell("workspace-image", null, null, id, after.offered() ? "OFFERED" : "WITHDRAWN");
            return after;
        });
    }

    /**
     * What a slice is approved with, as the list says it in the running transaction; null where nothing of it is asked for.
     *
     * @throws ProblemException {@code invalid_input} for an image that is not offered and for a volume that is too large
     */
    public @Nullable Workspace asked(@Nullable WorkspaceSpec spec) {
        if (spec == null) {
            return null;
        }
        if (spec.volumeGib() > volumes.mostGib()) {
            throw new ProblemException(Problem.INVALID_INPUT, "workspace.volumeGib: at most " + volumes.mostGib() + ".");
        }
        WorkspaceImageView image = table.find(spec.image()).filter(WorkspaceImageView::offered).orElseThrow(() -> notOffered(spec.image()));
        return new Workspace(image.id(), image.kind(), image.title(), image.reference(), spec.volumeGib(), volumes.storageClass());
    }

    /**
     * Asked once more when somebody approves, since the list may have changed.
     *
     * @throws ProblemException {@code changed_meanwhile}
     */
    public void requireOffered(@Nullable Workspace workspace) {
        if (workspace != null && table.find(workspace.image()).filter(image -> says(image, workspace)).isEmpty()) {
            throw new ProblemException(Problem.CHANGED_MEANWHILE, "The image " + workspace.title() + " is no longer offered as it was asked for; it can be asked for anew.");
        }
    }

    private static boolean says(WorkspaceImageView image, Workspace asked) {
        return says(image, new WorkspaceImageSpec(asked.kind(), asked.title(), asked.reference(), true));
    }

    private static boolean says(WorkspaceImageView image, WorkspaceImageSpec spec) {
        return Objects.equals(new WorkspaceImageSpec(image.kind(), image.title(), image.reference(), image.offered()), spec);
    }

    private static ProblemException notOffered(String image) {
        return new ProblemException(Problem.INVALID_INPUT, "workspace.image: no image " + image + " is offered.").with("image", image);
    }
}
