package dev.penstock.platform.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.penstock.contract.RequestId;
import dev.penstock.platform.running.RunningPlatform;
import dev.penstock.platform.running.Tenancy;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Open pages are told what they may see, and nothing else. */
class LiveTest {

    private final RunningPlatform platform = RunningPlatform.shared();

    @Test
    void aMemberIsToldOfTheirProjectAndNotOfAnotherTenant() throws Exception {
        Tenancy own = platform.tenancy();
        Tenancy other = platform.tenancy();
        List<String> told = new CopyOnWriteArrayList<>();
        try (Stream<String> lines = platform.lines("/api/live", own.member("mia"))) {
            Thread.ofVirtual().start(() -> lines.forEach(told::add));
            await().until(() -> told.stream().anyMatch(line -> line.contains("hello")));
            RequestId foreign = submit(other, "foreign");
            RequestId ours = submit(own, "ours");
            await().until(() -> told.stream().anyMatch(line -> line.contains(ours.toString())));
            assertThat(told).noneMatch(line -> line.contains(foreign.toString()));
            assertThat(told).anyMatch(line -> line.contains("\"kind\":\"slice-request\"") && line.contains("\"state\":\"SUBMITTED\""));
        }
    }

    private RequestId submit(Tenancy tenancy, String name) {
        RequestId request = new RequestId(platform.nextId());
        assertThat(platform.put(tenancy.requests() + request, tenancy.member("somebody"), Tenancy.request(name, "h100-80.1g.10gb", 3600)).status()).isEqualTo(200);
        return request;
    }
}
