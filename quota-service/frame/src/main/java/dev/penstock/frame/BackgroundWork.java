package dev.penstock.frame;

import org.springframework.context.SmartLifecycle;

/** A component that works in turns for as long as the program runs. */
public interface BackgroundWork extends SmartLifecycle {

    /** By which it takes its turns; always the same one. */
    Rhythm rhythm();

    @Override
    default void start() {
        rhythm().start();
    }

    /** Returns when the turn under way, if there is one, has ended. */
    @Override
    default void stop() {
        rhythm().close();
    }

    @Override
    default boolean isRunning() {
        return rhythm().isOpen();
    }
}
