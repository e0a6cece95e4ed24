package dev.penstock.quota.allotment;

import java.math.BigInteger;
import java.util.List;

/** Asks PostgreSQL for parts of several limits at once: at least what is needed of each, or nothing of any. In the order of the pots. */
public record Draw(List<Line> lines) {

    /**
     * @param needed without it nothing is granted; 0: drawn ahead, and nothing is refused for it
     * @param wanted as much as this would be of use
     * @param recall the number of the recall that was made for it; 0: of none yet
     */
    public record Line(PotId pot, BigInteger needed, BigInteger wanted, long recall) {

        public Line {
            if (needed.signum() < 0 || wanted.signum() < 0 || recall < 0) {
                throw new IllegalArgumentException("needs " + needed + ", wants " + wanted + ", recall " + recall);
            }
        }
    }

    public Draw {
        lines = lines.stream().sorted((one, other) -> one.pot().compareTo(other.pot())).toList();
    }
}
