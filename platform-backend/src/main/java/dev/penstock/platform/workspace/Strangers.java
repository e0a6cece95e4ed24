package dev.penstock.platform.workspace;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;

/**
 * Looking up whom nobody knows: few at a time and so many waiting at most, so that tickets and sessions that somebody makes up keep the database from nothing
 * else, and nobody from a workspace who is in it.
 */
final class Strangers {

    private static final int AT_A_TIME = 4;

    private final WorkerExecutor clerks;
    private final Semaphore places;

    Strangers(Vertx vertx, int most) {
        this.clerks = vertx.createSharedWorkerExecutor("workspace-strangers", AT_A_TIME);
        this.places = new Semaphore(most);
    }

    /** Takes a place; false: there is none. Whoever has one asks, once. */
    boolean take() {
        return places.tryAcquire();
    }

    <T> Future<T> ask(Callable<T> question) {
        return clerks.executeBlocking(question, false).onComplete(over -> places.release());
    }
}
