package dev.penstock.frame.secret;

/** @param version of the key that it is encrypted under */
@SuppressWarnings("ArrayRecordComponent")
public record Sealed(int version, byte[] bytes) {}
