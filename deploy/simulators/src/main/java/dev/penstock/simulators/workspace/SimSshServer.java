package dev.penstock.simulators.workspace;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Says the first line of an SSH server to whoever connects, and hangs up: nobody gets in. */
public final class SimSshServer implements AutoCloseable {

    private static final byte[] BANNER = "SSH-2.0-Simulator_nobody_gets_in\r\n".getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket server;

    private SimSshServer(ServerSocket server) {
        this.server = server;
    }

    /**
     * Starts it; when this returns it answers.
     *
     * @throws IOException when the address or port cannot be had
     */
    public static SimSshServer start(InetAddress address, int port) throws IOException {
        ServerSocket server = new ServerSocket();
        try {
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(address, port));
        } catch (IOException taken) {
            server.close();
            throw taken;
        }
        SimSshServer ssh = new SimSshServer(server);
        Thread.ofVirtual().name("ssh-simulator").start(ssh::accept);
        return ssh;
    }

    private void accept() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                socket.getOutputStream().write(BANNER);
            } catch (IOException goneOrClosed) {
                // Whoever it was, nothing is kept of them.
            }
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException alreadyClosed) {
            // That is what was wanted.
        }
    }
}
