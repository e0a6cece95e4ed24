package dev.penstock.platform.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.SliceId;
import dev.penstock.contract.TenantId;
import dev.penstock.platform.slice.SliceKey;
import java.net.URI;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class HostsTest {

    private static final SliceKey ONE = new SliceKey(new TenantId(new UUID(1, 1)), new SliceId(new UUID(2, 2)));
    private static final SliceKey SAME_ID_ELSEWHERE = new SliceKey(new TenantId(new UUID(1, 2)), new SliceId(new UUID(2, 2)));

    @Test
    void slicesOfTheSameIdInTwoTenantsHaveTwoHosts() {
        assertThat(Hosts.label(ONE)).matches("[0-9a-f]{24}").isNotEqualTo(Hosts.label(SAME_ID_ELSEWHERE));
    }

    @Test
    void aBrowserLeavesOutThePortThatTheSchemeImplies() {
        Hosts hosts = new Hosts(URI.create("https://workspaces.example.com:443"), 8091);
        String label = Hosts.label(ONE);
        assertThat(hosts.origin(label)).isEqualTo("https://" + label + ".workspaces.example.com");
        assertThat(hosts.labelOf(label + ".workspaces.example.com")).contains(label);
        assertThat(hosts.labelOf(label.toUpperCase(Locale.ROOT) + ".Workspaces.Example.com")).contains(label);
        assertThat(hosts.labelOf(label + ".workspaces.example.com:8091")).isEmpty();
        assertThat(hosts.labelOf(null)).isEmpty();
    }

    @Test
    void withTlsTheCookieIsOneThatOnlyThisHostCanHaveSet() {
        assertThat(Proxy.cookie(true)).isEqualTo("__Host-penstock-workspace");
        assertThat(Proxy.cookie(false)).isEqualTo("penstock-workspace");
    }
}
