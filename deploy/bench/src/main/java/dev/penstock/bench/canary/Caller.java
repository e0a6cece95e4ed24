package dev.penstock.bench.canary;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/** Goes on errands, and brings back what it was told. */
public final class Caller {

    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final int SOME = 200;

    /** For the good key, where it does not belong. */
    private static final String GOOD = "{K}";

    /** Headers that mean something to somebody on the way. */
    private static final List<String> NAMES = List.of("x-request-id", "x-penstock-session", "x-penstock-purpose", "x-penstock-attempt", "traceparent", "OpenAI-Organization", "anthropic-beta");

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(LONGEST).build();
    private final URI gateway;
    private final Keys keys;
    private final Engine engine;

    public Caller(URI gateway, Keys keys, Engine engine) {
        this.gateway = gateway;
        this.keys = keys;
        this.engine = engine;
    }

    Reply call(Errand errand) {
        return call(errand, Words.mint(keys.flock()));
    }

    Reply call(Errand errand, Words words) {
        engine.expect(words);
        try {
            return errand.leaves() ? left(errand, words) : whole(errand, words);
        } catch (IOException broken) {
            return new Reply(errand, words, 0, "", "");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while calling", e);
        }
    }

    /** For a model of that name. */
    void askFor(String model) {
        call(Errand.post("a model of a name", "/v1/chat/completions", "{\"model\": \"" + model + "\", \"messages\": [{\"role\": \"user\", \"content\": \"x\"}]}", 404));
    }

    /** Its body as one call would have it. */
    String filled(Errand errand) {
        return Words.mint(keys.flock()).in(errand.body()).replace(GOOD, keys.good());
    }

    /** Asks the engine itself, which hides nothing. */
    Reply atEngine(Ways way, Words words) {
        String body = "{\"model\": \"" + way.model() + "\", \"messages\": [{\"role\": \"user\", \"content\": \"{P}\"}]}";
        Errand chat = Errand.post("the engine itself", "/v1/chat/completions", body).by(Errand.Bearer.NONE);
        return new Caller(URI.create(engine.url()), keys, engine).call(chat, words);
    }

    private Reply whole(Errand errand, Words words) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request(errand, words), HttpResponse.BodyHandlers.ofString());
        return new Reply(errand, words, answer.statusCode(), answer.headers().map().toString(), answer.body());
    }

    private Reply left(Errand errand, Words words) throws IOException, InterruptedException {
        HttpResponse<InputStream> answer = http.send(request(errand, words), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            String some = new String(body.readNBytes(SOME), StandardCharsets.UTF_8);
            return new Reply(errand, words, answer.statusCode(), answer.headers().map().toString(), some);
        }
    }

    /** No HTTP at all, and a head with more than may be in one. */
    Reply garbage(Errand errand) throws IOException {
        Words words = Words.mint(keys.flock());
        String head = errand.name().equals("no HTTP")
                ? words.prompt().text() + "\u0000 " + words.header().text() + "\r\n\r\n"
                : "GET /v1/models HTTP/1.1\r\nHost: localhost\r\nx-" + words.header().text() + ": " + (words.header().text() + " ").repeat(2_000) + "\r\n\r\n";
        try (Socket socket = new Socket(gateway.getHost(), gateway.getPort())) {
            socket.setSoTimeout((int) LONGEST.toMillis());
            socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            socket.shutdownOutput();
            return new Reply(errand, words, 0, "", new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException reset) {
            return new Reply(errand, words, 0, "", "");
        }
    }

    private HttpRequest request(Errand errand, Words words) {
        String query = errand.bearer() == Errand.Bearer.KEY_IN_QUERY ? keys.good() : "";
        HttpRequest.Builder request = HttpRequest.newBuilder(gateway.resolve(words.in(errand.path()).replace(GOOD, keys.good()) + query)).timeout(LONGEST);
        String header = words.header().text();
        request.header("Content-Type", "application/json").header("User-Agent", "agent/" + header).header("Cookie", "a=" + header)
                .header("Referer", "http://localhost/" + header).header("x-" + header, header);
        NAMES.forEach(name -> request.header(name, header));
        identify(request, errand.bearer());
        String body = words.in(errand.body()).replace(GOOD, keys.good());
        return request.method(errand.method(), body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body)).build();
    }

    private void identify(HttpRequest.Builder request, Errand.Bearer bearer) {
        switch (bearer) {
            case KEY -> request.header("Authorization", "Bearer " + keys.good());
            case KEY_AS_X_API_KEY -> request.header("x-api-key", keys.good());
            case KEY_WITHOUT_QUOTA -> request.header("Authorization", "Bearer " + keys.withoutQuota());
            case PERSON -> request.header("Authorization", "Bearer " + keys.person()).header("x-penstock-project", keys.project());
            case REVOKED_KEY -> request.header("Authorization", "Bearer " + keys.revoked());
            case WRONG_SECRET -> request.header("Authorization", "Bearer " + keys.wrong());
            case WRONG_TEXT -> request.header("Authorization", "Bearer " + keys.nonsense());
            case WRONG_X_API_KEY -> request.header("x-api-key", keys.wrong());
            case BASIC -> request.header("Authorization", "Basic " + base64("me:" + keys.nonsense()));
            case KEY_IN_QUERY, NONE -> { }
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }
}
