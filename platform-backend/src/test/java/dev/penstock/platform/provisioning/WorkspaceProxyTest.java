package dev.penstock.platform.provisioning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.penstock.contract.platform.SliceState;
import dev.penstock.platform.provisioning.WorkspaceVisits.Answer;
import dev.penstock.platform.running.AuditRow;
import dev.penstock.platform.slice.SliceKey;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Promise;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The way into workspaces that run on the simulated cluster, walked by who belongs there and tried by who does not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorkspaceProxyTest {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String COOKIE = "penstock-workspace";

    private final WorkspaceVisits browser = new WorkspaceVisits();
    private SliceBench bench;
    private SliceKey notebook;
    private SliceKey other;
    /** Of the page that was opened last. */
    private String session = "";

    @BeforeAll
    void start() {
        bench = SliceBench.running(
                "--penstock.workspaces.address=http://workspaces.localhost:0", "--penstock.workspaces.port=0", "--penstock.workspaces.check-every=100ms",
                "--penstock.workspaces.most-body=1KB");
        notebook = bench.workspace();
        other = bench.workspace();
        await().atMost(PATIENCE).until(() -> bench.state(notebook) == SliceState.READY && bench.state(other) == SliceState.READY);
    }

    @AfterAll
    void stop() {
        browser.close();
        bench.close();
    }

    @AfterEach
    void now() {
        bench.clock.backToNow();
        bench.passes(Duration.ZERO);
    }

    @Test
    void aTicketIsSwappedForACookieOfThisHostAndTheAddressIsClean() {
        URI ticket = ticket(notebook, "ada");
        Answer entered = browser.get(ticket);
        assertThat(entered.status()).isEqualTo(303);
        assertThat(entered.headers().get("location")).isEqualTo("/");
        assertThat(entered.headers().get("referrer-policy")).isEqualTo("no-referrer");
        assertThat(WorkspaceVisits.cookies(entered)).hasEntrySatisfying(COOKIE, value ->
                assertThat(value.substring(value.indexOf(';'))).isEqualTo("; Path=/; HttpOnly; SameSite=Lax; Max-Age=14400"));
        Answer page = browser.get(ticket.resolve("/"), "Cookie", session(entered));
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).contains("<h1>JupyterLab</h1>", "This is a simulator");
        assertThat(bench.platform.trail(notebook.slice())).filteredOn(row -> row.action().startsWith("workspace.")).extracting(AuditRow::action)
                .contains("workspace.open", "workspace.enter");
    }

    @Test
    void aTicketIsGoodOnce() {
        URI ticket = ticket(notebook, "ada");
        assertThat(browser.get(ticket).status()).isEqualTo(303);
        Answer again = browser.get(ticket);
        assertThat(again.status()).isEqualTo(403);
        assertThat(again.headers().contains("set-cookie")).isFalse();
    }

    @Test
    void whatIsNoTicketAtAllIsRefusedAndItsPlaceGivenBack() {
        URI ticket = ticket(notebook, "ada");
        for (String made : List.of("%", "%zz", "a.b", "", "%00", "x".repeat(4000))) {
            assertThat(browser.getAs(ticket, ticket.getRawPath() + "?ticket=" + made).status()).as(made).isEqualTo(403);
        }
        bench.waitFor(() -> bench.platform.context().getBean(MeterRegistry.class).get("penstock.workspaces.calls").gauge().value() == 0);
        assertThat(browser.get(ticket).status()).isEqualTo(303);
    }

    /** What is still being sent is not read to its end. */
    @Test
    void whoIsRefusedIsNotListenedToAnyLonger() throws IOException {
        URI ticket = ticket(notebook, "ada");
        try (Socket raw = new Socket(InetAddress.getLoopbackAddress(), ticket.getPort())) {
            raw.setSoTimeout(60_000);
            raw.getOutputStream().write(("POST /files HTTP/1.1\r\nHost: " + ticket.getRawAuthority() + "\r\nContent-Length: 200000000\r\n\r\nbegun").getBytes(StandardCharsets.US_ASCII));
            String answer = new String(raw.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 401 ").contains("Open this workspace from the portal");
        }
    }

    @Test
    void aTicketIsWorthNothingAfterAMinute() {
        URI ticket = ticket(notebook, "ada");
        bench.passes(Duration.ofMinutes(1));
        assertThat(browser.get(ticket).status()).isEqualTo(403);
    }

    @Test
    void aTicketIsWorthNothingAtAnotherWorkspaceAndStaysGoodAtItsOwn() {
        URI ticket = ticket(notebook, "ada");
        URI elsewhere = URI.create(ticket.toString().replace(ticket.getHost(), ticket(other, "ada").getHost()));
        assertThat(browser.get(elsewhere).status()).isEqualTo(403);
        assertThat(browser.get(ticket).status()).isEqualTo(303);
    }

    @Test
    void aSessionIsWorthNothingAtAnotherWorkspace() {
        String session = session(browser.get(ticket(notebook, "ada")));
        assertThat(browser.get(ticket(other, "ada").resolve("/"), "Cookie", session).status()).isEqualTo(401);
    }

    @Test
    void whoHasNoSessionIsToldWhereToGoWhateverTheHost() {
        URI ticket = ticket(notebook, "ada");
        Answer here = browser.get(ticket.resolve("/"));
        Answer nowhere = browser.get(URI.create("http://" + "0".repeat(24) + ".workspaces.localhost:" + ticket.getPort() + "/"));
        assertThat(here.status()).isEqualTo(401);
        assertThat(nowhere.status()).isEqualTo(401);
        assertThat(nowhere.body()).as("nobody learns which workspaces there are").isEqualTo(here.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "workspaces.localhost:PORT", "LABEL.workspaces.localhost", "LABEL.workspaces.localhost:1", "x.LABEL.workspaces.localhost:PORT",
        "LABEL.workspaces.localhost.evil.example:PORT", "LABEL.evil.example:PORT", "localhost:PORT", "127.0.0.1:PORT", "[::1]:PORT"})
    void onlyItsOwnHostIsAWorkspaces(String host) {
        URI ticket = ticket(notebook, "ada");
        String session = session(browser.get(ticket));
        String foreign = host.replace("LABEL", ticket.getHost().split("\\.")[0]).replace("PORT", Integer.toString(ticket.getPort()));
        assertThat(browser.get(ticket.resolve("/"), "Cookie", session, "Host", foreign).status()).isEqualTo(421);
    }

    @Test
    void ourCookieAndWhatBelongsToTheConnectionStayHere() {
        URI page = page();
        Answer told = browser.get(page.resolve("/headers"), "Cookie", "mine=1; " + session + "; yours=2", "Connection", "X-Hop", "X-Hop", "1", "X-Stays", "no", "TE", "trailers",
                "X-Forwarded-For", "6.6.6.6", "X-Forwarded-Host", "evil.example");
        assertThat(told.status()).isEqualTo(200);
        assertThat(told.body().lines()).contains(
                "cookie: mine=1; yours=2", "x-stays: no", "host: " + page.getRawAuthority(), "x-forwarded-host: " + page.getRawAuthority(), "x-forwarded-proto: http");
        assertThat(told.body()).doesNotContain(COOKIE, "x-hop", "te:", "6.6.6.6", "evil.example");
    }

    private URI page() {
        URI ticket = ticket(notebook, "ada");
        session = session(browser.get(ticket));
        return ticket.resolve("/");
    }

    @ParameterizedTest
    @CsvSource({
        "theme=dark; Path=/, true",
        "theme=dark; Domain=workspaces.localhost, false",
        "theme=dark; domain = .localhost; Path=/, false",
        "penstock-workspace=mine; Path=/, false",
        "PENSTOCK-WORKSPACE=mine, false",
    })
    void aWorkspaceSetsCookiesForItselfAlone(String cookie, boolean passes) {
        String query = URLEncoder.encode(cookie, StandardCharsets.UTF_8);
        Answer answer = browser.get(page().resolve("/cookie?value=" + query), "Cookie", session);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers().getAll("set-cookie")).isEqualTo(passes ? List.of(cookie) : List.of());
    }

    @Test
    void redirectsAreTheBrowsersToFollow() {
        Answer answer = browser.get(page().resolve("/redirect?to=http://127.0.0.1:1/"), "Cookie", session);
        assertThat(answer.status()).isEqualTo(302);
        assertThat(answer.headers().get("location")).isEqualTo("http://127.0.0.1:1/");
    }

    @Test
    void moreThanOneCookieOfOursIsNobodys() {
        assertThat(browser.get(page(), "Cookie", session + "; " + session).status()).isEqualTo(401);
    }

    @ParameterizedTest(name = "{0} from {1}, {2} {3} {4} → {5}")
    @CsvSource(nullValues = "-", value = {
        "POST, own,                        -,           -,        -,        200",
        "POST, http://evil.example,        -,           -,        -,        403",
        "POST, http://workspaces.localhost, same-site,  cors,     empty,    403",
        "POST, null,                       cross-site,  navigate, document, 403",
        "POST, -,                          cross-site,  navigate, document, 403",
        "GET,  -,                          none,        navigate, document, 200",
        "GET,  -,                          cross-site,  navigate, document, 200",
        "GET,  -,                          same-site,   no-cors,  image,    403",
        "GET,  -,                          same-site,   navigate, iframe,   403",
        "GET,  -,                          same-origin, cors,     empty,    200",
        "GET,  http://evil.example,        cross-site,  cors,     empty,    403",
    })
    void onlyItsOwnPagesUseAWorkspace(String method, String origin, String site, String mode, String destination, int status) {
        URI page = page();
        List<String> headers = new ArrayList<>(List.of("Cookie", session));
        Map<String, String> said = new LinkedHashMap<>();
        said.put("Origin", "own".equals(origin) ? "http://" + page.getRawAuthority() : origin);
        said.put("Sec-Fetch-Site", site);
        said.put("Sec-Fetch-Mode", mode);
        said.put("Sec-Fetch-Dest", destination);
        said.forEach((name, value) -> {
            if (value != null) {
                headers.addAll(List.of(name, value));
            }
        });
        Answer answer = browser.send(method, page.resolve("/echo"), method.equals("POST") ? "hello" : "", headers.toArray(String[]::new));
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body().equals("hello")).isEqualTo(status == 200 && method.equals("POST"));
    }

    @Test
    void whatIsTooLargeOrDoesNotSayHowLargeItIsDoesNotPass() {
        URI echo = page().resolve("/echo");
        assertThat(browser.send("POST", echo, "x".repeat(1024), "Cookie", session).status()).isEqualTo(200);
        assertThat(browser.send("POST", echo, "x".repeat(1025), "Cookie", session).status()).isEqualTo(413);
        assertThat(browser.sendInChunks(echo, "x", "Cookie", session).status()).isEqualTo(411);
    }

    @Test
    void aWebSocketGoesThroughBothWays() {
        URI page = page();
        WebSocket socket = browser.socket(page.resolve("/socket"), "Cookie", session, "Origin", "http://" + page.getRawAuthority());
        Promise<String> heard = Promise.promise();
        socket.textMessageHandler(heard::complete);
        socket.writeTextMessage("hello");
        assertThat(WorkspaceVisits.await(heard.future())).isEqualTo("simulator heard: hello");
        WorkspaceVisits.await(socket.close());
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example", "http://workspaces.localhost", "null", ""})
    void aWebSocketFromAnotherPageIsRefused(String origin) {
        URI page = page();
        String[] headers = origin.isEmpty() ? new String[] {"Cookie", session} : new String[] {"Cookie", session, "Origin", origin};
        assertThatThrownBy(() -> browser.socket(page.resolve("/socket"), headers))
                .isInstanceOfSatisfying(UpgradeRejectedException.class, refused -> assertThat(refused.getStatus()).isEqualTo(403));
    }

    @Test
    void whoIsNoMemberAnyMoreIsOutAndSoAreTheirWebSockets() {
        String member = bench.tenancy.addMember("PERSON", "eve", "MEMBER", bench.tenancy.project()).toString();
        URI ticket = URI.create(bench.platform.post(path(notebook), bench.platform.issuer().person("eve", "no-group"), Map.of()).text("address"));
        String cookie = session(browser.get(ticket));
        Promise<Void> closed = Promise.promise();
        browser.socket(ticket.resolve("/socket"), "Cookie", cookie, "Origin", "http://" + ticket.getRawAuthority()).closeHandler(closed::complete);
        assertThat(browser.get(ticket.resolve("/"), "Cookie", cookie).status()).isEqualTo(200);
        assertThat(bench.platform.call("DELETE", bench.tenancy.path() + "/members/" + member, bench.platform.admin(), null).status()).isEqualTo(200);
        WorkspaceVisits.await(closed.future());
        await().atMost(PATIENCE).until(() -> browser.get(ticket.resolve("/"), "Cookie", cookie).status() == 401);
    }

    @Test
    void aSessionIsOverAfterItsTime() {
        URI page = page();
        bench.passes(Duration.ofHours(4));
        assertThat(browser.get(page, "Cookie", session).status()).isEqualTo(401);
    }

    @Test
    void whenTheSliceEndsSoDoesEverySession() {
        SliceKey brief = bench.workspace();
        await().atMost(PATIENCE).until(() -> bench.state(brief) == SliceState.READY);
        URI ticket = ticket(brief, "ada");
        URI unused = ticket(brief, "ada");
        String cookie = session(browser.get(ticket));
        Promise<Void> closed = Promise.promise();
        browser.socket(ticket.resolve("/socket"), "Cookie", cookie, "Origin", "http://" + ticket.getRawAuthority()).closeHandler(closed::complete);
        bench.release(brief);
        WorkspaceVisits.await(closed.future());
        await().atMost(PATIENCE).until(() -> browser.get(ticket.resolve("/"), "Cookie", cookie).status() == 401);
        assertThat(browser.get(unused).status()).isEqualTo(403);
        assertThat(bench.platform.post(path(brief), bench.tenancy.member("ada"), Map.of()).status()).isEqualTo(409);
    }

    private URI ticket(SliceKey key, String who) {
        dev.penstock.platform.running.Answer answer = bench.platform.post(path(key), bench.tenancy.member(who), Map.of());
        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        return URI.create(answer.text("address"));
    }

    private static String path(SliceKey key) {
        return "/api/tenants/" + key.tenant() + "/slices/" + key.slice() + "/workspace/open";
    }

    private static String session(Answer entered) {
        assertThat(entered.status()).isEqualTo(303);
        String cookie = String.valueOf(WorkspaceVisits.cookies(entered).get(COOKIE));
        return COOKIE + "=" + cookie.substring(0, cookie.indexOf(';'));
    }
}
