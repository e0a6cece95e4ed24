package dev.penstock.quota.allotment;

import java.math.BigInteger;

/** How much of its share an ended attempt used. A request is used whole; a slot comes back whole. */
public record Used(Share share, BigInteger amount) {

    public Used {
        if (amount.signum() < 0 || amount.compareTo(share.taken()) > 0) {
            throw new IllegalArgumentException("used " + amount + " of " + share);
        }
    }

    BigInteger left() {
        return share.taken().subtract(amount);
    }
}
