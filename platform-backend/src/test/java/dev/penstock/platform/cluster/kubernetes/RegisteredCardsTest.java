package dev.penstock.platform.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.platform.cluster.CardSeen;
import org.junit.jupiter.api.Test;

class RegisteredCardsTest {

    @Test
    void readsWhatReleasesOfTodayRegister() {
        assertThat(RegisteredCards.read("""
                [{"id":"GPU-a","count":10,"devmem":81559,"devcore":100,"type":"NVIDIA-H100","mode":"hami-core","health":true},
                 {"id":"GPU-b","index":1,"count":10,"devmem":81559,"devcore":100,"type":"NVIDIA-H100","mode":"mig"}]""")).containsExactly(
                new CardSeen("GPU-a", 10, 81_559, 100, true, "hami-core"),
                // What is false is left out.
                new CardSeen("GPU-b", 10, 81_559, 100, false, "mig"));
    }

    @Test
    void readsWhatOlderReleasesRegister() {
        assertThat(RegisteredCards.read("GPU-a,10,32768,100,NVIDIA-Tesla V100-PCIE-32GB,0,true:GPU-b,10,32768,100,NVIDIA-Tesla V100-PCIE-32GB,0,false,1,mig:")).containsExactly(
                new CardSeen("GPU-a", 10, 32_768, 100, true, ""), new CardSeen("GPU-b", 10, 32_768, 100, false, "mig"));
    }

    @Test
    void whatCannotBeReadIsNotThere() {
        assertThat(RegisteredCards.read(null)).isEmpty();
        assertThat(RegisteredCards.read("[{")).isEmpty();
        assertThat(RegisteredCards.read("GPU-a,ten,32768,100,V100,0,true:GPU-b,10:")).isEmpty();
    }
}
