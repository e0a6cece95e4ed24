package dev.penstock.simulators.cluster.network;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Listens at one port of a service's address and passes each connection on to the next of the pods behind it. Closing it ends
 * listening; connections that are there live on until one of their ends ends them.
 */
public final class Relay implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Relay.class.getName());
    private static final int MAX_CONNECTIONS = 8192;
    private static final int BACKLOG = 1024;
    private static final int CONNECT_MILLIS = 2000;
    private static final int BUFFER = 16 * 1024;

    private final ServerSocket server;
    private final Semaphore places = new Semaphore(MAX_CONNECTIONS);
    private final AtomicInteger turn = new AtomicInteger();
    private volatile List<InetSocketAddress> backs;

    private Relay(ServerSocket server, List<InetSocketAddress> backs) {
        this.server = server;
        this.backs = List.copyOf(backs);
    }

    /**
     * Begins to listen.
     *
     * @param backs where connections go to, at least one
     * @throws IOException when the address cannot be listened at
     */
    public static Relay open(InetSocketAddress front, List<InetSocketAddress> backs) throws IOException {
        ServerSocket server = new ServerSocket();
        try {
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(InetAddress.getByName(front.getHostString()), front.getPort()), BACKLOG);
        } catch (IOException taken) {
            server.close();
            throw taken;
        }
        Relay relay = new Relay(server, backs);
        Thread.ofVirtual().name("service " + front).start(relay::accept);
        return relay;
    }

    /** From now on, connections go there. */
    public void turnTo(List<InetSocketAddress> others) {
        backs = List.copyOf(others);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket caller = server.accept();
                if (places.tryAcquire()) {
                    Thread.ofVirtual().name("service-connection").start(() -> pass(caller));
                } else {
                    reset(caller);
                }
            } catch (IOException closedOrUnlucky) {
                if (!server.isClosed()) {
                    LOG.log(Level.WARNING, "a connection to a service could not be accepted", closedOrUnlucky);
                }
            }
        }
    }

    private void pass(Socket caller) {
        try (caller; Socket pod = connect()) {
            caller.setTcpNoDelay(true);
            Thread back = Thread.ofVirtual().name("service-answer").start(() -> pump(pod, caller));
            pump(caller, pod);
            back.join();
        } catch (IOException unreachable) {
            LOG.log(Level.DEBUG, "no pod behind the service could be reached", unreachable);
            reset(caller);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } finally {
            places.release();
        }
    }

    private Socket connect() throws IOException {
        List<InetSocketAddress> candidates = backs;
        InetSocketAddress chosen = candidates.get(Math.floorMod(turn.getAndIncrement(), candidates.size()));
        Socket pod = new Socket();
        try {
            pod.setTcpNoDelay(true);
            pod.connect(chosen, CONNECT_MILLIS);
            return pod;
        } catch (IOException refused) {
            pod.close();
            throw refused;
        }
    }

    /** Passes bytes on until there are no more; an end is passed on as an end, and a broken connection as a broken one. */
    private static void pump(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
            }
            to.shutdownOutput();
        } catch (IOException broken) {
            reset(from);
            reset(to);
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException alreadyClosed) {
            LOG.log(Level.TRACE, "closing", alreadyClosed);
        }
        closeQuietly(socket);
    }

    private static void closeQuietly(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException alreadyGone) {
            LOG.log(Level.TRACE, "closing", alreadyGone);
        }
    }

    /** Stops listening. */
    @Override
    public void close() {
        closeQuietly(server);
    }
}
