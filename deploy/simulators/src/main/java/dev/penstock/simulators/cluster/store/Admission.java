package dev.penstock.simulators.cluster.store;

/** A rule that completes or refuses writes; several run one after the other, inside the lock of the write. */
public interface Admission {

    /**
     * Looks at the write; may change {@link Write#after()}.
     *
     * @throws ApiFailure when the write must not be
     */
    void admit(Write write);
}
