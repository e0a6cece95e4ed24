package dev.penstock.platform.workspace;

import dev.penstock.frame.MissingSetting;
import dev.penstock.frame.Rhythm;
import dev.penstock.platform.slice.SliceKey;
import dev.penstock.platform.ssh.SshAuthority;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.sshd.common.global.KeepAliveHandler;
import org.apache.sshd.common.keyprovider.FileKeyPairProvider;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.server.forward.AcceptAllForwardingFilter;
import org.apache.sshd.server.global.NoMoreSessionsHandler;
import org.apache.sshd.server.session.ServerSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * A jump host: whoever shows a certificate for a workspace is led to the SSH server of that workspace, and to nothing else. There is no shell here, no command, no
 * file and no other port. What is said behind it is between the two ends: the workspace's server asks for the certificate again.
 */
@Component
class SshEntrance implements SmartLifecycle {

    static {
        // The library's ciphers stay its own: registered by their name they are the whole JVM's, and of another program's classes where several run in one.
        System.setProperty("org.apache.sshd.security.provider.BC.useNamed", "false");
    }

    private static final Logger log = LoggerFactory.getLogger(SshEntrance.class);
    private static final int MOST_TRIES = 6;
    private static final int WORKERS = 8;
    /** Through one connection; a jump needs one. */
    private static final int MOST_WAYS = 16;

    private final SshEntranceSettings settings;
    private final SshAuthority authority;
    private final Doorkeeper doorkeeper;
    private final MeterRegistry metrics;
    private final Clock clock;
    private final Live live;
    private final Rhythm checks;
    private @Nullable SshServer server;

    SshEntrance(SshEntranceSettings settings, SshAuthority authority, Doorkeeper doorkeeper, MeterRegistry metrics, Clock clock) {
        this.settings = settings;
        this.authority = authority;
        this.doorkeeper = doorkeeper;
        this.metrics = metrics;
        this.clock = clock;
        this.live = new Live(settings.mostSessions());
        this.checks = Rhythm.of("workspace-ssh", settings.checkEvery(), () -> doorkeeper.check(live, metrics.counter("penstock.workspaces.cut")::increment));
        Gauge.builder("penstock.workspaces.ssh", live, Live::count).description("SSH connections that lead to workspaces").register(metrics);
    }

    /** What a person types to get into the workspace, with the key and the certificate beside it; empty: there is no way through here. */
    Optional<String> commandFor(SliceKey key, String principal) {
        String address = settings.address();
        if (server == null || address == null) {
            return Optional.empty();
        }
        int colon = address.indexOf(':');
        String host = colon < 0 ? address : address.substring(0, colon);
        String port = colon < 0 ? "" : address.substring(colon);
        return Optional.of("ssh -J " + principal + "@" + host + (port.equals(":0") ? ":" + server.getPort() : port) + " workspace@" + Hosts.label(key));
    }

    /** Where it listens. */
    int port() {
        return server == null ? -1 : server.getPort();
    }

    @Override
    public void start() {
        if (settings.address() == null) {
            return;
        }
        SshServer listener = SshServer.setUpDefaultServer();
        listener.setHost(settings.host());
        listener.setPort(settings.port());
        listener.setKeyPairProvider(KeyPairProvider.wrap(hostKeys()));
        listener.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE));
        listener.setPublickeyAuthenticator(this::admits);
        listener.setShellFactory(null);
        listener.setCommandFactory(null);
        listener.setSubsystemFactories(List.of());
        listener.setGlobalRequestHandlers(List.of(KeepAliveHandler.INSTANCE, NoMoreSessionsHandler.INSTANCE));
        listener.setChannelFactories(List.of(new WayIn.Factory(doorkeeper, metrics)));
        // Where somebody wants to go is decided by the only channel that there is.
        listener.setForwardingFilter(AcceptAllForwardingFilter.INSTANCE);
        listener.addSessionListener(new Bound(settings.mostSessions(), metrics));
        CoreModuleProperties.SERVER_IDENTIFICATION.set(listener, "Penstock");
        CoreModuleProperties.AUTH_TIMEOUT.set(listener, settings.loginTime());
        CoreModuleProperties.IDLE_TIMEOUT.set(listener, settings.idleTime());
        CoreModuleProperties.MAX_AUTH_REQUESTS.set(listener, MOST_TRIES);
        CoreModuleProperties.MAX_CONCURRENT_CHANNELS.set(listener, MOST_WAYS);
        CoreModuleProperties.NIO_WORKERS.set(listener, WORKERS);
        try {
            listener.start();
        } catch (IOException e) {
            throw new UncheckedIOException("listening for SSH at " + settings.host() + ":" + settings.port(), e);
        }
        server = listener;
        checks.start();
        log.info("workspaces are reached by SSH at {}:{}", settings.host(), listener.getPort());
    }

    /** Read once, and now: a file that is no key keeps the program from starting, and nobody waits before a door that cannot say whose it is. */
    private List<KeyPair> hostKeys() {
        try {
            List<KeyPair> keys = new ArrayList<>();
            new FileKeyPairProvider(settings.hostKey()).loadKeys(null).forEach(keys::add);
            if (!keys.isEmpty()) {
                return keys;
            }
        } catch (RuntimeException unreadable) {
            log.debug("the entrance's own key could not be read", unreadable);
        }
        throw new MissingSetting("penstock.ssh-entrance.host-key-file (as a private key)",
                "The file " + settings.hostKey() + " is no private key without a passphrase. Make one with: openssl genpkey -algorithm ed25519 -out FILE.");
    }

    /** Asked once with the key alone and once with the proof that somebody has it; both times it is looked up. */
    private boolean admits(String name, PublicKey shown, ServerSession session) {
        try {
            Optional<Certified> certified = Certified.of(name, shown, authority, clock.instant());
            boolean admitted = certified.filter(one -> doorkeeper.admit(one.token(), one.label()).isPresent()).isPresent();
            if (admitted) {
                session.setAttribute(WayIn.CERTIFIED, certified.get());
                session.setAttribute(WayIn.LIVE, live);
            } else {
                metrics.counter("penstock.workspaces.refused", "why", "certificate").increment();
            }
            return admitted;
        } catch (RuntimeException e) {
            log.warn("whether somebody may come into a workspace by SSH could not be found out: {}", e.getMessage());
            metrics.counter("penstock.workspaces.refused", "why", "unknown").increment();
            return false;
        }
    }

    @Override
    public void stop() {
        SshServer listener = server;
        if (listener == null) {
            return;
        }
        checks.close();
        server = null;
        try {
            listener.stop(true);
        } catch (IOException e) {
            log.warn("the entrance for SSH did not close: {}", e.getMessage());
        }
    }

    @Override
    public boolean isRunning() {
        return server != null;
    }

    /** So many connections and no more, also of people who have not said yet who they are. */
    private record Bound(int most, MeterRegistry metrics, Set<Session> open) implements SessionListener {

        Bound(int most, MeterRegistry metrics) {
            this(most, metrics, ConcurrentHashMap.newKeySet());
        }

        @Override
        public void sessionEstablished(Session session) {
            open.add(session);
            if (open.size() > most) {
                metrics.counter("penstock.workspaces.refused", "why", "connections").increment();
                session.close(true);
            }
        }

        @Override
        public void sessionClosed(Session session) {
            open.remove(session);
        }
    }
}
