package dev.penstock.quota.gateway.wire;

/** How an answer is told to a client that asked in another dialect than the server has. */
public interface Retelling {

    /**
     * A whole answer.
     *
     * @throws MalformedJson if it is no such answer
     */
    byte[] whole(byte[] answer);

    /** For a stream; each attempt has its own. */
    InPieces inPieces();

    /** What this tells, told once more. */
    default Retelling then(Retelling next) {
        Retelling first = this;
        return new Retelling() {
            @Override
            public byte[] whole(byte[] answer) {
                return next.whole(first.whole(answer));
            }

            @Override
            public InPieces inPieces() {
                InPieces from = first.inPieces();
                InPieces to = next.inPieces();
                return (events, length) -> {
                    byte[] told = from.accept(events, length);
                    return told.length == 0 ? told : to.accept(told, told.length);
                };
            }
        };
    }

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
