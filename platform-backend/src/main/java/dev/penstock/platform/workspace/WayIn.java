package dev.penstock.platform.workspace;

import dev.penstock.platform.provisioning.Doors.Door;
import dev.penstock.platform.workspace.Doorkeeper.Visitor;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import org.apache.sshd.client.future.DefaultOpenFuture;
import org.apache.sshd.client.future.OpenFuture;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.channel.Channel;
import org.apache.sshd.common.channel.ChannelFactory;
import org.apache.sshd.common.channel.exception.SshChannelOpenException;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.server.forward.TcpForwardingFilter;
import org.apache.sshd.server.forward.TcpipServerChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way from the entrance to the workspace's own SSH server: whatever is asked for, it is this one or nothing. */
final class WayIn extends TcpipServerChannel {

    private static final Logger log = LoggerFactory.getLogger(WayIn.class);

    static final AttributeKey<Certified> CERTIFIED = new AttributeKey<>();
    static final AttributeKey<Live> LIVE = new AttributeKey<>();

    /** What clients ask for by default, and where workspaces' servers listen. */
    private static final Set<Integer> PORTS = Set.of(22, 2222);

    private final Doorkeeper doorkeeper;
    private final MeterRegistry metrics;

    private WayIn(Doorkeeper doorkeeper, MeterRegistry metrics) {
        super(TcpForwardingFilter.Type.Direct, null);
        this.doorkeeper = doorkeeper;
        this.metrics = metrics;
    }

    record Factory(Doorkeeper doorkeeper, MeterRegistry metrics) implements ChannelFactory {

        @Override
        public String getName() {
            return TcpForwardingFilter.Type.Direct.getName();
        }

        @Override
        public Channel createChannel(Session session) throws IOException {
            return new WayIn(doorkeeper, metrics);
        }
    }

    /** Whoever cannot be looked up is not led there; what else goes on over the connection goes on. */
    @Override
    protected OpenFuture doInit(Buffer request) {
        try {
            return led(request);
        } catch (RuntimeException e) {
            log.warn("whether somebody may come into a workspace by SSH could not be found out: {}", e.getMessage());
            return refused("unknown", "It could not be found out whether you may; try again shortly.");
        }
    }

    /** The request is host, port, and where it comes from (RFC 4254, section 7.2). */
    private OpenFuture led(Buffer request) {
        String host = request.getString();
        int port = request.getInt();
        String origin = request.getString();
        long originPort = request.getUInt();
        Certified certified = getSession().getAttribute(CERTIFIED);
        Live live = getSession().getAttribute(LIVE);
        if (certified == null || live == null || !host.equals(certified.label()) || !PORTS.contains(port)) {
            return refused("place", "A certificate leads to its own workspace alone.");
        }
        Optional<Visitor> visitor = doorkeeper.admit(certified.token(), certified.label());
        if (visitor.isEmpty()) {
            return refused("certificate", "The workspace is not ready, or the certificate holds no more.");
        }
        if (!live.take()) {
            return refused("busy", "Too many are connected; try again shortly.");
        }
        Live.Call call = new Live.Call(certified.token(), certified.label(), this, () -> getSession().close(true));
        live.begin(call);
        addCloseFutureListener(closed -> {
            live.end(call);
            live.giveBack();
        });
        doorkeeper.cameBySsh(visitor.get().entry(), certified.serial());
        Door door = visitor.get().door();
        Buffer there = new ByteArrayBuffer();
        there.putString(door.host());
        there.putUInt(door.port());
        there.putString(origin);
        there.putUInt(originPort);
        return super.doInit(there);
    }

    private OpenFuture refused(String why, String words) {
        metrics.counter("penstock.workspaces.refused", "why", why).increment();
        OpenFuture refused = new DefaultOpenFuture(this, this);
        refused.setException(new SshChannelOpenException(getChannelId(), SshConstants.SSH_OPEN_ADMINISTRATIVELY_PROHIBITED, words));
        // Else the connection would keep it until its own end, and whoever asks again and again would fill it up.
        close(true);
        return refused;
    }
}
