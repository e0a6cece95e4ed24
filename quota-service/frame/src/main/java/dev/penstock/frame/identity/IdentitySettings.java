package dev.penstock.frame.identity;

import dev.penstock.frame.MissingSetting;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The identity provider and its groups: any OpenID Connect provider fits.
 *
 * @param issuer as in the tokens; https, or http on a loopback host
 * @param audience the {@code aud} that tokens for Penstock carry
 * @param nameClaim the claim that people read as a name
 * @param groupsClaim the claim that lists groups
 * @param clockSkew how much the provider's clock may differ
 */
@ConfigurationProperties(prefix = "penstock.identity", ignoreUnknownFields = false)
public record IdentitySettings(
        String issuer,
        @DefaultValue("penstock") String audience,
        @DefaultValue("name") String nameClaim,
        @DefaultValue("groups") String groupsClaim,
        @DefaultValue({}) List<String> adminGroups,
        @DefaultValue({}) List<String> auditorGroups,
        @DefaultValue({}) List<String> financeGroups,
        @DefaultValue("5s") Duration clockSkew) {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    public IdentitySettings {
        MissingSetting.require(issuer, "penstock.identity.issuer", "Set it to the issuer of your OpenID Connect provider, as it stands in its tokens.");
        URI uri = URI.create(issuer);
        if (!"https".equals(uri.getScheme()) && !("http".equals(uri.getScheme()) && LOOPBACK.contains(uri.getHost()))) {
            throw new MissingSetting("penstock.identity.issuer (as https)", "An http issuer is accepted on a loopback host only; this one is " + issuer + ".");
        }
        adminGroups = List.copyOf(adminGroups);
        auditorGroups = List.copyOf(auditorGroups);
        financeGroups = List.copyOf(financeGroups);
    }

    public boolean isAdmin(Caller caller) {
        return !Collections.disjoint(caller.groups(), adminGroups);
    }

    public boolean isAuditor(Caller caller) {
        return !Collections.disjoint(caller.groups(), auditorGroups);
    }

    public boolean isFinance(Caller caller) {
        return !Collections.disjoint(caller.groups(), financeGroups);
    }
}
