package dev.penstock.quota.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import dev.penstock.quota.RunningService;
import dev.penstock.simulators.model.ModelPace;
import dev.penstock.simulators.model.fault.ModelFault;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What applications send, what opens what, and what is answered stands in no log, no metric, no error and no table. */
class SecretsTest {

    private static final String PROMPT = "planted-prompt-4711";
    private static final String LAST_WORD = "what the test itself says at last";

    private final Queue<String> logged = new ConcurrentLinkedQueue<>();

    @Test
    void noSecretIsWrittenDown() {
        // Its start sets up logging anew: whoever listened before would hear nothing after it.
        RunningService service = RunningService.get();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Logger ours = (Logger) LoggerFactory.getLogger("dev.penstock");
        AppenderBase<ILoggingEvent> ear = ear();
        root.addAppender(ear);
        ours.setLevel(Level.TRACE);
        String secrets = secrets();
        ours.trace(LAST_WORD);
        root.detachAppender(ear);
        ours.setLevel(null);
        String metrics = service.send(service.issuer().service("monitor", "metrics.read"), "GET", "/actuator/prometheus", null).text();
        assertThat(metrics).contains("penstock_gateway_calls_seconds_count", "penstock_gateway_live");
        String[] planted = secrets.split(" ");
        assertThat(logged).as("it listens to the end").contains(LAST_WORD).hasSizeGreaterThan(1);
        assertThat(String.join("\n", logged)).doesNotContain(planted);
        assertThat(metrics).doesNotContain(planted);
        for (String table : List.of("quota.intent", "quota.usage", "quota.api_key", "quota.former_secret", "quota.route", "quota.entry", "quota.posting", "quota.change", "audit.entry")) {
            assertThat(service.column("select coalesce(string_agg(t::text, ' '), '') from " + table + " t")).as(table).allSatisfy(
                    rows -> assertThat(rows).doesNotContain(planted));
        }
    }

    /** Plants them on every way there is, good and bad. @return them, with blanks between */
    private static String secrets() {
        try (TestGateway gateway = new TestGateway(ModelPace.quick())) {
            String body = TestGateway.HELLO.replace("Hello there", PROMPT);
            String errors = gateway.chat(body).http().body()
                    + gateway.chat(body + "}").http().body()
                    + gateway.chat(body.replace("vision/chat", "vision/none")).http().body()
                    + TestGateway.send(gateway.key + "x", "POST", "/v1/chat/completions", body).http().body();
            gateway.chat.faults().add(new ModelFault.Answer(500, 0));
            errors += gateway.chat(body).http().body();
            gateway.chat.faults().liftAll();
            gateway.chat.faults().add(new ModelFault.Cut(3));
            errors += gateway.chat(body.replace("\"max_tokens\"", "\"stream\":true,\"max_tokens\"")).http().headers().map();
            assertThat(errors).doesNotContain(gateway.key, TestGateway.ENGINE_KEY);
            gateway.chat.faults().liftAll();
            return List.of(PROMPT, gateway.key, gateway.key.substring(21), TestGateway.ENGINE_KEY).stream().collect(Collectors.joining(" "));
        }
    }

    private AppenderBase<ILoggingEvent> ear() {
        AppenderBase<ILoggingEvent> ear = new AppenderBase<>() {
            @Override
            protected void append(ILoggingEvent event) {
                logged.add(event.getFormattedMessage() + (event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy())));
            }
        };
        ear.setContext((ch.qos.logback.core.Context) LoggerFactory.getILoggerFactory());
        ear.start();
        return ear;
    }
}
