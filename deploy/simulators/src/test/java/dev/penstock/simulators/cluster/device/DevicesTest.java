package dev.penstock.simulators.cluster.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.penstock.simulators.cluster.fleet.DeviceObjects;
import dev.penstock.simulators.cluster.fleet.Fleet;
import java.util.List;
import org.junit.jupiter.api.Test;

class DevicesTest {

    private static final String OF = "device.attributes['gpu.nvidia.com']";

    private final List<Device> devices = Device.of(DeviceObjects.sliceOf(Fleet.ofEveryKind().nodes().getLast()));

    @Test
    void anExpressionChoosesDevicesByWhatTheirDriverSaysOfThem() {
        assertThat(chosen("device.driver == 'gpu.nvidia.com' && " + OF + ".type == 'gpu' && " + OF + ".productName == 'NVIDIA H100 80GB HBM3'")).containsExactly("gpu-0");
        assertThat(chosen(OF + ".type == 'mig' && " + OF + ".profile == '1g.10gb'")).containsExactly("gpu-1-mig-0", "gpu-1-mig-1");
        assertThat(chosen(OF + ".profile == '3g.40gb' && " + OF + ".type == 'mig'")).as("in whichever order: what is false on one side is false").containsExactly("gpu-1-mig-3");
        assertThat(chosen("device.driver == 'another.example'")).isEmpty();
    }

    @Test
    void whatCannotBeSaidOfADeviceAndWhatIsNoExpressionIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Expression.of(OF + ".profile == '1g.10gb'").holds(devices.getFirst())).withMessageContaining("profile");
        assertThatIllegalArgumentException().isThrownBy(() -> Expression.of("device.driver").holds(devices.getFirst())).withMessageContaining("not a boolean");
        assertThatIllegalArgumentException().isThrownBy(() -> Expression.of("device.driver =="));
        assertThatIllegalArgumentException().isThrownBy(() -> Expression.of("gpu.type == 'gpu'")).withMessageContaining("undeclared reference to 'gpu'");
    }

    private List<String> chosen(String expression) {
        return devices.stream().filter(device -> Expression.of(expression).holds(device)).map(Device::name).toList();
    }
}
