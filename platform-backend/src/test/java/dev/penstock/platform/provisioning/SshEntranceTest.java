package dev.penstock.platform.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.penstock.contract.platform.SliceState;
import dev.penstock.contract.platform.WorkspaceKind;
import dev.penstock.frame.BackgroundWork;
import dev.penstock.platform.running.Answer;
import dev.penstock.platform.running.AuditRow;
import dev.penstock.platform.slice.SliceKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelDirectTcpip;
import org.apache.sshd.client.keyverifier.AcceptAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** OpenSSH's own client before the entrance, with keys that it made; behind it is a simulator that says its first line and hangs up. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SshEntranceTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String BEHIND = "SSH-2.0-Simulator_nobody_gets_in";

    @TempDir
    static Path folder;

    private SliceBench bench;
    private SliceKey workspace;
    private SliceKey other;
    private String port;

    /** What the client said, and whether it was satisfied. */
    private record Said(boolean well, String out, String err) {}

    @BeforeAll
    void start() throws IOException, InterruptedException, NoSuchAlgorithmException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/ssh")), "needs OpenSSH's client");
        bench = SliceBench.running(
                "--penstock.ssh.authority-key-file=" + secret("authority"), "--penstock.ssh-entrance.host-key-file=" + secret("host"),
                "--penstock.ssh-entrance.address=127.0.0.1:0", "--penstock.ssh-entrance.port=0", "--penstock.workspaces.check-every=100ms");
        workspace = bench.workspace(WorkspaceKind.SSH);
        other = bench.workspace(WorkspaceKind.SSH);
        await().atMost(PATIENCE).until(() -> bench.state(workspace) == SliceState.READY && bench.state(other) == SliceState.READY);
        for (String name : List.of("ada", "plain", "strangers", "forged", "eve")) {
            keygen("-q", "-t", "ed25519", "-N", "", "-f", name);
        }
        port = sign("ada", workspace, "ada").text("command").replaceAll(".*:(\\d+) .*", "$1");
    }

    @AfterAll
    void stop() {
        if (bench != null) {
            bench.close();
        }
    }

    private static String secret(String name) throws IOException, NoSuchAlgorithmException {
        byte[] key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate().getEncoded();
        return Files.writeString(folder.resolve(name + ".pem"),
                "-----BEGIN PRIVATE KEY-----\n" + Base64.getEncoder().encodeToString(key) + "\n-----END PRIVATE KEY-----\n").toString();
    }

    @Test
    void whoHasACertificateIsLedToTheWorkspacesOwnServer() throws IOException, InterruptedException {
        String command = sign("ada", workspace, "ada").text("command");
        assertThat(command).isEqualTo("ssh -J " + Doors.principal(workspace) + "@127.0.0.1:" + port + " workspace@" + label(workspace));
        assertThat(through("ada", workspace, label(workspace) + ":22").out().strip()).isEqualTo(BEHIND);
        assertThat(through("ada", workspace, label(workspace) + ":2222").out().strip()).isEqualTo(BEHIND);
        assertThat(bench.platform.trail(workspace.slice())).extracting(AuditRow::action).contains("workspace.sign", "workspace.enter");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "the database of this very machine, 127.0.0.1:5432",
        "another port of the workspace, LABEL:8888",
        "another workspace, OTHER:22",
        "the name of the other's service, workspace-1:2222",
    })
    void nothingElseIsReached(String what, String target) throws IOException, InterruptedException {
        sign("ada", workspace, "ada");
        Said said = through("ada", workspace, target.replace("LABEL", label(workspace)).replace("OTHER", label(other)));
        assertThat(said.well()).isFalse();
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).contains("administratively prohibited");
    }

    @Test
    void thereIsNoShellNoFileAndNoPortHere() throws IOException, InterruptedException {
        sign("ada", workspace, "ada");
        assertThat(ssh("ada", workspace, "true").well()).isFalse();
        assertThat(ssh("ada", workspace, "-s", "sftp").well()).isFalse();
        Said listening = ssh("ada", workspace, "-N", "-o", "ExitOnForwardFailure=yes", "-R", "0:127.0.0.1:1");
        assertThat(listening.well()).isFalse();
        assertThat(listening.err()).contains("remote port forwarding failed");
    }

    @Test
    void aKeyAloneIsNothing() throws IOException, InterruptedException {
        assertDenied(through("plain", workspace, label(workspace) + ":22"));
    }

    @Test
    void aCertificateIsGoodForItsWorkspaceAlone() throws IOException, InterruptedException {
        sign("ada", workspace, "ada");
        assertDenied(through("ada", other, label(other) + ":22"));
    }

    /** Signed by somebody else's authority, as what we signed before; and by nobody's, with our authority named in it. */
    @Test
    void whatOthersSignedIsNothing() throws IOException, InterruptedException {
        String serial = sign("ada", workspace, "ada").body().path("serial").asString();
        keygen("-q", "-s", "strangers", "-I", "ada", "-n", Doors.principal(workspace), "-z", serial, "-V", "+1h", "forged.pub");
        assertDenied(through("forged", workspace, label(workspace) + ":22"));
        sign("ada", workspace, "forged");
        Path certificate = folder.resolve("forged-cert.pub");
        String[] words = Files.readString(certificate).strip().split(" ");
        byte[] bytes = Base64.getDecoder().decode(words[1]);
        bytes[bytes.length - 1] ^= 1;
        Files.writeString(certificate, words[0] + " " + Base64.getEncoder().encodeToString(bytes) + "\n");
        assertDenied(through("forged", workspace, label(workspace) + ":22"));
    }

    @Test
    void whoIsNoMemberAnyMoreIsOut() throws IOException, InterruptedException {
        String member = bench.tenancy.addMember("PERSON", "eve", "MEMBER", bench.tenancy.project()).toString();
        Answer signed = bench.platform.post(path(workspace), bench.platform.issuer().person("eve", "no-group"), Map.of("publicKey", publicKey("eve"), "minutes", 60));
        Files.writeString(folder.resolve("eve-cert.pub"), signed.text("certificate") + "\n");
        assertThat(through("eve", workspace, label(workspace) + ":22").out().strip()).isEqualTo(BEHIND);
        assertThat(bench.platform.call("DELETE", bench.tenancy.path() + "/members/" + member, bench.platform.admin(), null).status()).isEqualTo(200);
        await().atMost(PATIENCE).until(() -> !through("eve", workspace, label(workspace) + ":22").well());
        assertDenied(through("eve", workspace, label(workspace) + ":22"));
    }

    @Test
    void whenTheSliceEndsTheCertificateIsWorthNothing() throws IOException, InterruptedException {
        SliceKey brief = bench.workspace(WorkspaceKind.SSH);
        await().atMost(PATIENCE).until(() -> bench.state(brief) == SliceState.READY);
        sign("ada", brief, "ada");
        assertThat(through("ada", brief, label(brief) + ":22").out().strip()).isEqualTo(BEHIND);
        bench.release(brief);
        await().atMost(PATIENCE).until(() -> bench.state(brief) == SliceState.RELEASED);
        await().atMost(PATIENCE).until(() -> !through("ada", brief, label(brief) + ":22").well());
        assertDenied(through("ada", brief, label(brief) + ":22"));
    }

    /** Over one connection, more often than it may have ways. */
    @Test
    void whoIsRefusedAgainAndAgainStillGetsWhereTheyMay() throws IOException, InterruptedException, GeneralSecurityException {
        sign("ada", workspace, "ada");
        KeyPair key = new FileKeyPairProvider(folder.resolve("ada")).loadKeys(null).iterator().next();
        PublicKey certificate = PublicKeyEntry.parsePublicKeyEntry(Files.readString(folder.resolve("ada-cert.pub")).strip()).resolvePublicKey(null, null, null);
        String label = label(workspace);
        try (SshClient client = SshClient.setUpDefaultClient()) {
            client.setServerKeyVerifier(AcceptAllServerKeyVerifier.INSTANCE);
            client.start();
            try (ClientSession session = client.connect(Doors.principal(workspace), "127.0.0.1", Integer.parseInt(port)).verify(PATIENCE).getSession()) {
                session.addPublicKeyIdentity(new KeyPair(certificate, key.getPrivate()));
                session.auth().verify(PATIENCE);
                for (int time = 0; time < 40; time++) {
                    assertThatThrownBy(() -> way(session, label, 8888)).rootCause().isInstanceOfSatisfying(SshChannelOpenException.class,
                            refused -> assertThat(refused.getReasonCode()).isEqualTo(SshConstants.SSH_OPEN_ADMINISTRATIVELY_PROHIBITED));
                }
                try (ChannelDirectTcpip way = way(session, label, 22)) {
                    assertThat(new String(way.getInvertedOut().readNBytes(BEHIND.length()), StandardCharsets.US_ASCII)).isEqualTo(BEHIND);
                }
            }
        }
    }

    private static ChannelDirectTcpip way(ClientSession session, String host, int port) throws IOException {
        ChannelDirectTcpip way = session.createDirectTcpipChannel(new SshdSocketAddress("127.0.0.1", 1), new SshdSocketAddress(host, port));
        way.open().verify(PATIENCE);
        return way;
    }

    /** This installation has no proxy. */
    @Test
    void whatIsOverIsForgottenAlsoWhereWorkspacesAreReachedBySshAlone() throws IOException {
        sign("grace", workspace, "plain");
        assertThat(bench.platform.sql("update platform.workspace_entry set session_until = now() - interval '1 day' where subject = 'grace'")).isEqualTo(1);
        bench.platform.context().getBeansOfType(BackgroundWork.class).values().forEach(work -> work.rhythm().wake());
        await().atMost(PATIENCE).until(() -> bench.platform.sql("update platform.workspace_entry set ticket_until = ticket_until where subject = 'grace'") == 0);
    }

    private static void assertDenied(Said said) {
        assertThat(said.well()).isFalse();
        assertThat(said.out()).isEmpty();
        assertThat(said.err()).contains("Permission denied (publickey)");
    }

    /** @param key the name of a key file; its certificate is left beside it */
    private Answer sign(String who, SliceKey slice, String key) throws IOException {
        Answer answer = bench.platform.post(path(slice), bench.tenancy.member(who), Map.of("publicKey", publicKey(key), "minutes", 60));
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        Files.writeString(folder.resolve(key + "-cert.pub"), answer.text("certificate") + "\n");
        return answer;
    }

    private static String publicKey(String key) throws IOException {
        return Files.readString(folder.resolve(key + ".pub")).strip();
    }

    private static String path(SliceKey key) {
        return "/api/tenants/" + key.tenant() + "/slices/" + key.slice() + "/workspace/ssh-certificate";
    }

    /** As the command says it: behind the {@code @} of the second name. */
    private String label(SliceKey slice) throws IOException {
        String command = bench.platform.post(path(slice), bench.tenancy.member("ada"), Map.of("publicKey", publicKey("plain"), "minutes", 5)).text("command");
        return command.substring(command.lastIndexOf('@') + 1);
    }

    /** As a jump host is used. */
    private Said through(String key, SliceKey slice, String target) throws IOException, InterruptedException {
        return ssh(key, slice, "-W", target);
    }

    private Said ssh(String key, SliceKey slice, String... more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "ssh", "-F", "/dev/null", "-o", "BatchMode=yes", "-o", "StrictHostKeyChecking=accept-new", "-o", "UserKnownHostsFile=" + folder.resolve("known"),
                "-o", "IdentitiesOnly=yes", "-o", "IdentityAgent=none", "-o", "PreferredAuthentications=publickey", "-i", folder.resolve(key).toString(), "-p", port));
        boolean option = more[0].startsWith("-") && !more[0].equals("-s");
        if (option) {
            command.addAll(List.of(more));
        }
        command.add(Doors.principal(slice) + "@127.0.0.1");
        if (!option) {
            command.addAll(more[0].equals("-s") ? List.of(more[1], "-s") : List.of(more));
        }
        return run(command);
    }

    private static void keygen(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("ssh-keygen"));
        command.addAll(List.of(words));
        assertThat(run(command).well()).isTrue();
    }

    private static Said run(List<String> command) throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "out", "");
        Path err = Files.createTempFile(folder, "err", "");
        Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        process.getOutputStream().close();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).as(String.join(" ", command)).isTrue();
        return new Said(process.exitValue() == 0, Files.readString(out), Files.readString(err));
    }
}
