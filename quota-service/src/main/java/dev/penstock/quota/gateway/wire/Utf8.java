package dev.penstock.quota.gateway.wire;

/** UTF-8 by RFC 3629, table 3-7 of Unicode: no overlong forms, no surrogates, nothing beyond U+10FFFF. */
final class Utf8 {

    private Utf8() {}

    /**
     * @param at of a byte from 0x80 on
     * @return where the next character begins
     * @throws MalformedJson if the sequence is not well-formed
     */
    static int after(byte[] bytes, int at, int end) {
        int first = bytes[at] & 0xff;
        int length = first >= 0xc2 && first <= 0xdf ? 2 : first >= 0xe0 && first <= 0xef ? 3 : first >= 0xf0 && first <= 0xf4 ? 4 : 0;
        if (length == 0 || at + length > end || !second(first, bytes[at + 1] & 0xff)) {
            throw new MalformedJson("not UTF-8", at);
        }
        for (int i = 2; i < length; i++) {
            if ((bytes[at + i] & 0xc0) != 0x80) {
                throw new MalformedJson("not UTF-8", at + i);
            }
        }
        return at + length;
    }

    private static boolean second(int first, int second) {
        int least = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
        int most = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
        return second >= least && second <= most;
    }
}
