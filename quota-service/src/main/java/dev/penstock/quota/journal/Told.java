package dev.penstock.quota.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What is on its way into a segment. */
sealed interface Told {

    Attempt attempt();

    /** Of its record. */
    byte type();

    /** To be duplicated: it may have to be written again. */
    ByteBuffer content();

    /** Of its record. */
    default int bytes() {
        return RecordFormat.FRAME + content().remaining();
    }

    static int bytes(List<Told> group) {
        return group.stream().mapToInt(Told::bytes).sum();
    }

    /** @param written told once nobody but a disk that breaks can take it back */
    record Promise(Intent intent, ByteBuffer content, CompletableFuture<Void> written) implements Told {

        static Promise of(Intent intent) {
            return new Promise(intent, IntentFormat.bytes(intent), new CompletableFuture<>());
        }

        void refuse(IOException why) {
            written.completeExceptionally(why);
        }

        boolean refused() {
            return written.isCompletedExceptionally();
        }

        @Override
        public Attempt attempt() {
            return intent.attempt();
        }

        @Override
        public byte type() {
            return RecordFormat.INTENT;
        }
    }

    /** An end that was told. */
    record End(Ended ended, ByteBuffer content) implements Told {

        static End of(Ended ended) {
            return new End(ended, EndFormat.bytes(ended.settlement()));
        }

        @Override
        public Attempt attempt() {
            return ended.attempt();
        }

        @Override
        public byte type() {
            return RecordFormat.END;
        }
    }

    /** What has been written, where it may not last. */
    record Copy(Told of) implements Told {

        static Copy of(Told told) {
            return told instanceof Copy copy ? copy : new Copy(told);
        }

        @Override
        public Attempt attempt() {
            return of.attempt();
        }

        @Override
        public byte type() {
            return of.type();
        }

        @Override
        public ByteBuffer content() {
            return of.content();
        }
    }
}
