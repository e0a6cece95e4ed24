package dev.penstock.quota.admission;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * May this attempt spend? Either the most it can use is set aside on every level and its intent is durable, or nothing is. Without a certain yes
 * the answer is no. Who is {@linkplain Verdict.Admitted admitted} must tell the journal how the attempt ended.
 */
public interface Admission {

    /**
     * For event loops: waits for nothing, and never throws for what the database does.
     *
     * @return empty: {@link #admit} has to be asked. Otherwise completes on any thread, and never with a failure
     */
    Optional<CompletionStage<Verdict>> fromMemory(Ask ask);

    /** May wait for the database: never called on an event loop. Never throws for what the database does. */
    Verdict admit(Ask ask);

    /** Whether each that is asked to {@link #admit} holds a connection to the database meanwhile, so that more at once than there are is of no use. */
    boolean holdsConnections();

    /** Whether an attempt that holds a slot of a limit on concurrency may go on. If not, it has to be ended: others will take the slot. */
    boolean mayGoOn(Ask ask);
}
