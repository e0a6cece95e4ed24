package dev.penstock.simulators.http;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** Accepts connections on one address of this machine and hands every request to one handler, each on a virtual thread. */
public final class HttpListener implements AutoCloseable {

    /** What answers requests. */
    public interface Handler {

        /** Answers the exchange; an exception before the answer was begun becomes a plain 500. */
        void handle(Exchange exchange) throws IOException, InterruptedException;
    }

    private static final System.Logger LOG = System.getLogger(HttpListener.class.getName());
    private static final int MAX_CONNECTIONS = 8192;
    private static final int BACKLOG = 1024;
    private static final int IDLE_MILLIS = 120_000;

    private final ServerSocket server;
    private final Semaphore places = new Semaphore(MAX_CONNECTIONS);
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private HttpListener(ServerSocket server) {
        this.server = server;
    }

    /**
     * Takes the port on 127.0.0.1; callers wait until {@link #serve} is called.
     *
     * @param port the port, 0 for any free one
     * @throws IOException when the port is taken
     */
    public static HttpListener bind(int port) throws IOException {
        return bind(InetAddress.getLoopbackAddress(), port);
    }

    /**
     * Takes the port on that address.
     *
     * @throws IOException when the port is taken, or the address is none of this machine's
     */
    public static HttpListener bind(InetAddress address, int port) throws IOException {
        ServerSocket server = new ServerSocket();
        try {
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(address, port), BACKLOG);
        } catch (IOException taken) {
            server.close();
            throw new IOException("port " + port + " cannot be used: " + taken.getMessage(), taken);
        }
        return new HttpListener(server);
    }

    /** Begins to answer. */
    public void serve(Handler handler) {
        Thread.ofPlatform().daemon().name("http-" + server.getLocalPort()).start(() -> accept(handler));
    }

    public int port() {
        return server.getLocalPort();
    }

    private void accept(Handler handler) {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                if (places.tryAcquire()) {
                    open.add(socket);
                    Thread.ofVirtual().name("http-connection").start(() -> serve(socket, handler));
                } else {
                    socket.close();
                }
            } catch (IOException closedOrUnlucky) {
                if (!server.isClosed()) {
                    LOG.log(Level.WARNING, "a connection could not be accepted", closedOrUnlucky);
                }
            }
        }
    }

    private void serve(Socket socket, Handler handler) {
        try (socket) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(IDLE_MILLIS);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 16 * 1024);
            RequestReader reader = new RequestReader(in);
            Exchange exchange;
            do {
                Request request = reader.next();
                exchange = request == null ? null : new Exchange(request, socket, in, out);
            } while (exchange != null && answered(exchange, handler));
        } catch (SocketException | SocketTimeoutException gone) {
            LOG.log(Level.TRACE, "a caller has gone", gone);
        } catch (IOException malformed) {
            LOG.log(Level.DEBUG, "a connection ended early", malformed);
        } finally {
            open.remove(socket);
            places.release();
        }
    }

    /** Has the exchange answered; tells whether the connection can carry another. */
    private static boolean answered(Exchange exchange, Handler handler) throws IOException {
        try {
            handler.handle(exchange);
            if (exchange.isReusable()) {
                exchange.settle();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        } catch (RuntimeException broken) {
            LOG.log(Level.ERROR, exchange.request().method() + " " + exchange.request().path() + " failed", broken);
            if (!exchange.isAnswered()) {
                exchange.respond(500, Map.of("Content-Type", "text/plain"), "failed".getBytes(StandardCharsets.US_ASCII));
            }
        }
        return exchange.isReusable();
    }

    /** Stops listening and closes every connection. */
    @Override
    public void close() {
        closeQuietly(server);
        open.forEach(HttpListener::closeQuietly);
    }

    private static void closeQuietly(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException alreadyGone) {
            LOG.log(Level.TRACE, "closing", alreadyGone);
        }
    }
}
