package dev.penstock.quota.gateway.wire;

/** How an answer of chat completions is told to a client that asked otherwise. */
public interface Retelling {

    /**
     * A whole answer.
     *
     * @throws MalformedJson if it is no such answer
     */
    byte[] whole(byte[] answer);

    /** For a stream; each attempt has its own. */
    InPieces inPieces();

    /** A stream, as it comes. */
    interface InPieces {

        /**
         * @param events whole ones
         * @return what the client is sent for them; may be empty
         * @throws MalformedJson if they are no such stream
         */
        byte[] accept(byte[] events, int length);
    }
}
