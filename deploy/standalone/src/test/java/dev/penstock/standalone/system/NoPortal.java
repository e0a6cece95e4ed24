package dev.penstock.standalone.system;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;

/** Keeps the portal's place where no page is looked at: says that it is healthy, and costs nothing to start. */
final class NoPortal implements AutoCloseable {

    private final HttpServer server;

    private NoPortal(HttpServer server) {
        this.server = server;
    }

    static NoPortal at(RunningPenstock penstock) {
        int port = URI.create(penstock.url("portal")).getPort();
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            server.createContext("/", exchange -> {
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            server.start();
            return new NoPortal(server);
        } catch (IOException e) {
            throw new UncheckedIOException("in the portal's place", e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
