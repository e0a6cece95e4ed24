package dev.penstock.quota.gateway.wire;

/** Bytes that have arrived, so that they are copied once, to where they are read. */
@FunctionalInterface
public interface Packet {

    /** @param at where the first goes; there is room for all */
    void copyTo(byte[] into, int at);
}
