package dev.penstock.quota.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.penstock.contract.ModelTask;
import dev.penstock.contract.quota.DataClass;
import dev.penstock.contract.quota.LimitField;
import dev.penstock.contract.quota.UpstreamDialect;
import dev.penstock.contract.quota.UpstreamModel;
import dev.penstock.contract.quota.UpstreamSpec;
import dev.penstock.quota.RunningService;
import dev.penstock.quota.gateway.TestGateway.Reply;
import dev.penstock.quota.upstream.OwnNames;
import dev.penstock.simulators.model.ModelPace;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose certificate nobody vouches for is at the right address, by the right name, and hears nothing: neither a call nor the key that it would have come with. */
class TlsUpstreamTest {

    private static final RunningService SERVICE = RunningService.priced();
    private static final String HOST = "localhost";
    private static final char[] PASSWORD = "changeit".toCharArray();

    private final String name = "up-" + UUID.randomUUID();
    private final Queue<String> heard = new ConcurrentLinkedQueue<>();

    @TempDir
    Path folder;

    @Test
    void whoCannotProveItsNameHearsNothing() throws Exception {
        KeyStore store = ownCertificate();
        HttpsServer server = server(store);
        OwnNames names = new OwnNames(SERVICE);
        try (OwnGateway own = new OwnGateway(SERVICE, names.upstreams()); TestGateway gateway = new TestGateway(SERVICE, own.port(), ModelPace.quick())) {
            URI address = URI.create("https://" + HOST + ":" + server.getAddress().getPort());
            assertThat(whoTrusts(store, address)).as("the server answers those who know it").isEqualTo(200);
            heard.clear();

            SERVICE.send(SERVICE.admin(), "PUT", "/api/tenants/" + gateway.tenant.id() + "/projects/" + gateway.tenant.project() + "/data-class/1",
                    "{\"dataClass\": \"PUBLIC\", \"reason\": \"for a test\"}").is(200);
            names.answers.put(HOST, List.of("127.0.0.1"));
            names.make(name, 1, spec(address, List.of(
                    new UpstreamModel(name, "theirs", List.of(ModelTask.CHAT), 32_768, 4_096, 1, RunningService.SKU, null, LimitField.MAX_TOKENS))));
            Reply reply = gateway.chat(TestGateway.HELLO.replace(TestGateway.CHAT, name));
            assertThat(reply.status() + " " + reply.code()).isEqualTo("503 model_not_ready");
            assertThat(reply.http().body()).doesNotContain("provider-key");
            assertThat(heard).isEmpty();
            assertThat(gateway.loss(reply.call())).isEmpty();
            names.make(name, 2, spec(address, List.of()));
        } finally {
            server.stop(0);
        }
    }

    private static UpstreamSpec spec(URI address, List<UpstreamModel> models) {
        return new UpstreamSpec(address.toString(), UpstreamDialect.OPENAI, "provider-key", DataClass.PUBLIC, 10, models, null);
    }

    /** For the right name, by nobody but itself. */
    private KeyStore ownCertificate() throws Exception {
        Path file = folder.resolve("server.p12");
        Process made = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", "server", "-keyalg", "EC", "-dname", "CN=" + HOST,
                        "-ext", "san=dns:" + HOST, "-validity", "2", "-storetype", "PKCS12", "-keystore", file.toString(), "-storepass", String.valueOf(PASSWORD))
                .redirectErrorStream(true)
                .start();
        String said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(made.waitFor()).as(said).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        return store;
    }

    private HttpsServer server(KeyStore store) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            heard.add(exchange.getRequestHeaders().toString());
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static int whoTrusts(KeyStore store, URI address) throws Exception {
        TrustManagerFactory trusted = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trusted.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trusted.getTrustManagers(), null);
        try (HttpClient http = HttpClient.newBuilder().sslContext(context).build()) {
            return http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }
}
