package dev.penstock.ui.newendpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import org.junit.jupiter.api.Test;

class TrafficTest {

    @Test
    void aMonthOfCallsIsCountedAndPricedExactly() {
        var traffic = new Traffic(40_000, 1_200, 180);

        assertThat(traffic.tokensAMonth()).isEqualTo(1_656_000_000);
        assertThat(traffic.costAMonth(BigInteger.valueOf(150_000), BigInteger.valueOf(600_000)))
                .isEqualTo(new BigInteger("345600000000000")); // 1,440 M × 0.15 + 216 M × 0.60 = 345.60
    }

    @Test
    void aTokenCostsItsShareRoundedUp() {
        var traffic = new Traffic(1, 1, 0);

        assertThat(traffic.aToken(BigInteger.valueOf(91))).isEqualTo(4);
        assertThat(traffic.aToken(BigInteger.valueOf(90))).isEqualTo(3);
        assertThat(new Traffic(0, 1_200, 180).aToken(BigInteger.TEN)).isNull();
    }

    @Test
    void noTrafficIsTooLargeToCount() {
        assertThat(new Traffic(100_000_000, 10_000_000, 10_000_000).costAMonth(BigInteger.TEN.pow(12), BigInteger.TEN.pow(12)))
                .isEqualTo(new BigInteger("60000000000000000000000000000"));
    }
}
