package dev.penstock.platform.cluster.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.platform.cluster.CardUse;
import org.junit.jupiter.api.Test;

class AllocatedCardsTest {

    @Test
    void readsEachCardOfEachContainer() {
        assertThat(AllocatedCards.read("GPU-a,NVIDIA,20389,25:;", "penstock")).containsExactly(new CardUse("penstock", "GPU-a", 20_389, 25));
        assertThat(AllocatedCards.read(";GPU-a,NVIDIA,4000,0:GPU-b,NVIDIA,81559,100:;GPU-b[1-0],NVIDIA,10240,15:;", null)).containsExactly(
                new CardUse(null, "GPU-a", 4_000, 0), new CardUse(null, "GPU-b", 81_559, 100), new CardUse(null, "GPU-b", 10_240, 15));
        assertThat(AllocatedCards.read("", null)).isEmpty();
        assertThat(AllocatedCards.read(":;;", null)).isEmpty();
    }

    @Test
    void whatCannotBeReadIsOfNoCardThatIsKnown() {
        for (String note : new String[] {"GPU-a,NVIDIA,much,25:;", "GPU-a,NVIDIA,1:;", ",NVIDIA,1,1:;", "GPU-a,NVIDIA,-1,25:;", "GPU-a,NVIDIA,1,2,3:;"}) {
            assertThat(AllocatedCards.read(note, null)).as(note).containsExactly(new CardUse(null, "", 0, 0));
        }
    }
}
