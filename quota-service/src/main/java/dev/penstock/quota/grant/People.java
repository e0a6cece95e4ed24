package dev.penstock.quota.grant;

import dev.penstock.contract.ProjectId;
import dev.penstock.frame.identity.AccessTokens;
import dev.penstock.frame.identity.Caller;
import dev.penstock.quota.access.Access;
import dev.penstock.quota.apikey.KeyScope;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * People who call with their own access token, for a project they are members of. A token that was verified is remembered until it ends, by
 * its hash; membership is asked each time, so that leaving a project holds within seconds.
 */
@Component
public class People {

    private final AccessTokens tokens;
    private final Access access;
    private final Clock clock;
    private final Map<String, Caller> verified;

    People(AccessTokens tokens, Access access, Clock clock, GrantSettings settings) {
        this.tokens = tokens;
        this.access = access;
        this.clock = clock;
        this.verified = new LinkedHashMap<>(16, 0.75f, true) {

            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Caller> eldest) {
                return size() > settings.tokensKept();
            }
        };
    }

    /**
     * Verifies the token; that may ask the identity provider, so not on an event loop.
     *
     * @return empty for a token that does not hold, or belongs to a program of ours
     * @throws AccessTokens.IssuerUnavailable if nobody knows
     */
    public Optional<Caller> signIn(String token) {
        String hash = hash(token);
        Optional<Caller> known = known(hash);
        if (known.isPresent()) {
            return known;
        }
        Optional<Caller> caller = tokens.verify(token).filter(verifiedNow -> !verifiedNow.isService());
        caller.ifPresent(signedIn -> remember(hash, signedIn));
        return caller;
    }

    /** Empty for a project that does not exist, and for one that the person is no member of: nobody can tell which. */
    public Optional<Holder> forProject(Caller person, ProjectId project) {
        return access.membershipOf(person, project).map(tenant -> new Holder(tenant, project, null, person.subject(), null, KeyScope.ANY));
    }

    private Optional<Caller> known(String hash) {
        synchronized (verified) {
            Caller caller = verified.get(hash);
            if (caller != null && !clock.instant().isBefore(caller.expires())) {
                verified.remove(hash);
                return Optional.empty();
            }
            return Optional.ofNullable(caller);
        }
    }

    private void remember(String hash, Caller caller) {
        synchronized (verified) {
            verified.put(hash, caller);
        }
    }

    private static String hash(String token) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
