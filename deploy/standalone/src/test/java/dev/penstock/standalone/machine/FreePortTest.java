package dev.penstock.standalone.machine;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class FreePortTest {

    @Test
    void aTakenPortIsNamedWithItsUseAndTheWayOut() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> FreePort.require(taken.getLocalPort(), "the portal"))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContainingAll("Port " + taken.getLocalPort(), "the portal", "is taken", "--port-base");
        }
    }

    @Test
    void onLinuxTheHolderIsNamed() throws IOException {
        Assumptions.assumeTrue(Files.exists(Path.of("/proc/net/tcp")));
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatThrownBy(() -> FreePort.require(taken.getLocalPort(), "the portal"))
                    .hasMessageContaining("by java, process " + ProcessHandle.current().pid());
        }
    }

    @Test
    void aListenerOnAllAddressesTakesThePortToo() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            assertThatThrownBy(() -> FreePort.require(taken.getLocalPort(), "the portal")).isInstanceOf(StartFailure.class);
        }
    }

    @Test
    void aPortThatWasJustGivenBackIsFree() throws IOException {
        int port;
        try (ServerSocket before = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = before.getLocalPort();
        }
        assertThatCode(() -> FreePort.require(port, "the portal")).doesNotThrowAnyException();
    }
}
