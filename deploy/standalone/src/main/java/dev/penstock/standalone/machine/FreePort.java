package dev.penstock.standalone.machine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;

/** Asks for ports before anything is started, so that nothing has to be taken back. */
public final class FreePort {

    private static final Duration ANSWER = Duration.ofMillis(200);

    private FreePort() {}

    /**
     * @param use what the port is for, as in "the portal"
     * @throws StartFailure if somebody listens there
     */
    public static void require(int port, String use) {
        if (!canBind(port) || answersOnIpv6(port)) {
            throw taken(port, use);
        }
    }

    private static StartFailure taken(int port, String use) {
        String holder = PortHolder.find(port)
                .map(process -> " by " + process)
                .orElse(" (lsof -nP -iTCP:" + port + " -sTCP:LISTEN tells by whom)");
        return new StartFailure("Port " + port + ", meant for " + use + ", is taken" + holder + ": stop that program, or choose other ports with --port-base N.");
    }

    private static boolean canBind(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** A browser asked for "localhost" tries ::1 first: a stranger there would get our visitors. */
    private static boolean answersOnIpv6(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getByName("::1"), port), Math.toIntExact(ANSWER.toMillis()));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
