package dev.penstock.platform.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.platform.running.Answer;
import dev.penstock.platform.running.AuditRow;
import dev.penstock.platform.running.RunningPlatform;
import dev.penstock.platform.running.Tenancy;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The list of images, and what becomes of it in requests. */
class ImagesTest {

    private static final String DIGEST = "@sha256:" + "0123456789abcdef".repeat(4);
    private static final String OTHER_DIGEST = "@sha256:" + "fedcba9876543210".repeat(4);

    private final RunningPlatform platform = RunningPlatform.shared();
    private final Tenancy tenancy = platform.tenancy();
    private String image = "";

    @BeforeEach
    void listed() {
        image = "i-" + platform.nextId().toString().substring(24);
        assertThat(put("JUPYTERLAB", "registry.example/lab" + DIGEST, true).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "registry.example/lab:latest", "registry.example/lab", "registry.example/lab@sha256:12", "@sha256:", "registry.example/lab@sha512:00", "registry.example/lab --privileged",
    })
    void anImageIsNamedByItsDigest(String reference) {
        assertThat(put("JUPYTERLAB", reference, true).status()).isEqualTo(400);
    }

    @Test
    void everyChangeIsOnRecordAndARepetitionIsNone() {
        assertThat(put("JUPYTERLAB", "registry.example/lab" + DIGEST, true).status()).isEqualTo(200);
        assertThat(put("JUPYTERLAB", "registry.example/lab" + OTHER_DIGEST, true).text("reference")).isEqualTo("registry.example/lab" + OTHER_DIGEST);
        assertThat(put("VSCODE", "registry.example/lab" + OTHER_DIGEST, false).status()).isEqualTo(200);
        assertThat(platform.trail(image)).extracting(AuditRow::action).containsExactly("workspace-image.add", "workspace-image.change", "workspace-image.change");
    }

    @Test
    void whatIsNotOfferedIsShownToOrganisationRolesOnly() {
        put("JUPYTERLAB", "registry.example/lab" + DIGEST, false);
        assertThat(platform.get("/api/workspace-images", platform.auditor()).body().toString()).contains("\"" + image + "\"");
        assertThat(platform.get("/api/workspace-images", tenancy.member("ada")).body().toString()).doesNotContain("\"" + image + "\"");
    }

    @Test
    void withoutAnAuthorityThereIsNoSsh() {
        assertThat(put("SSH", "registry.example/lab" + DIGEST, true).status()).isEqualTo(400);
    }

    @Test
    void aRequestKeepsTheDigestThatItWasMadeWith() {
        Answer asked = ask(platform.nextId(), 20);
        assertThat(asked.status()).as(asked.toString()).isEqualTo(200);
        assertThat(asked.body().path("workspace").path("reference").asString()).isEqualTo("registry.example/lab" + DIGEST);
        assertThat(asked.body().path("workspace").path("volumeGib").asInt()).isEqualTo(20);
    }

    @Test
    void askingTwiceIsAskingOnceAndAskingForAnotherVolumeIsSomethingElse() {
        UUID id = platform.nextId();
        assertThat(ask(id, 20).status()).isEqualTo(200);
        assertThat(ask(id, 20).status()).isEqualTo(200);
        assertThat(ask(id, 21).status()).isEqualTo(409);
    }

    @Test
    void whatIsNotOfferedCannotBeAskedFor() {
        put("JUPYTERLAB", "registry.example/lab" + DIGEST, false);
        assertThat(ask(platform.nextId(), 20).status()).isEqualTo(400);
        image = "unknown";
        assertThat(ask(platform.nextId(), 20).status()).isEqualTo(400);
    }

    @Test
    void aVolumeIsOfTheSizeThatIsAllowed() {
        assertThat(ask(platform.nextId(), 500).status()).isEqualTo(200);
        assertThat(ask(platform.nextId(), 501).status()).isEqualTo(400);
        assertThat(ask(platform.nextId(), 0).status()).isEqualTo(400);
    }

    @Test
    void whatChangedSinceItWasAskedForIsNotApproved() {
        UUID id = platform.nextId();
        ask(id, 20);
        put("JUPYTERLAB", "registry.example/lab" + OTHER_DIGEST, true);
        assertThat(approve(id).status()).isEqualTo(409);
        put("VSCODE", "registry.example/lab" + DIGEST, true);
        assertThat(approve(id).status()).as("started in another way").isEqualTo(409);
        put("JUPYTERLAB", "registry.example/lab" + DIGEST, true);
        assertThat(approve(id).text("state")).isEqualTo("APPROVED");
    }

    private Answer approve(UUID id) {
        return platform.post(tenancy.path() + "/slice-requests/" + id + "/approve", platform.admin(), Map.of());
    }

    private Answer ask(UUID id, int gib) {
        Map<String, Object> spec = new HashMap<>(Tenancy.request("w-" + id.toString().substring(24), "h100-80.1g.10gb", 3600));
        spec.put("workspace", Map.of("image", image, "volumeGib", gib));
        return platform.put(tenancy.requests() + id, tenancy.member("ada"), spec);
    }

    private Answer put(String kind, String reference, boolean offered) {
        return platform.put("/api/workspace-images/" + image, platform.admin(), Map.of("kind", kind, "title", "Lab", "reference", reference, "offered", offered));
    }
}
