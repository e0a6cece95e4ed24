package dev.penstock.platform.provisioning;

/**
 * What the reconciler does, one thing at a time. Each step is announced before its effect, so whatever stops the program stops it between
 * two of these. Running any of them again changes nothing that was done.
 */
enum Step {
    /** 1 Take the slice for a time, with a fence. */
    CLAIM,
    /** 2 Count one more part as held, if the fleet has it. */
    TAKE_ROOM,
    /** 3 Set quota aside at quota-service. */
    RESERVE_QUOTA,
    /** 3a Give the part back, because there is no quota. */
    GIVE_ROOM_BACK,
    /** 4 Write that both are set aside. */
    RECORD_RESERVED,
    /** 5 Write that objects may be on the cluster from now on; before any is. */
    RECORD_PROVISIONING,
    /** 6 Look at the slice's pods. */
    OBSERVE,
    /** 7 Remove pods of earlier phases, before there is a new one. */
    DELETE_LEFTOVERS,
    /** 8 Apply the project's namespace and what it must have. */
    APPLY_NAMESPACE,
    /** 8a Apply the claim of devices, before there is a pod that waits for it. */
    APPLY_CLAIM,
    /** 9 Apply the pod. */
    APPLY_POD,
    /** 9a Apply one of the objects that a workspace of an image has beside its pod: volume, policy, service. */
    APPLY_WORKSPACE,
    /** 9b Apply one of the objects that serve a model; the deployment comes last. */
    APPLY_SERVER,
    /** 10 Write that it is ready. */
    RECORD_READY,
    /** 11 Count how long it was ready. */
    COUNT_TIME,
    /** 12 Book that at quota-service. */
    BOOK_TIME,
    /** 13 Write that the pod is not ready any more. */
    RECORD_FALTERED,
    /** 14 Write that the pod or its node is lost. */
    RECORD_LOST,
    /** 14a Write that it leaves a node that is being emptied. */
    RECORD_MOVED,
    /** 14b Write that Kueue took its part back. */
    RECORD_TAKEN_BACK,
    /** 15 Remove a pod that the scheduler does not place, unless it just did. */
    DELETE_UNPLACED,
    /** 16 Write that it is queued again. */
    RECORD_REQUEUED,
    /** 17 Write that it cannot be brought up. */
    RECORD_FAILED,
    /** 18 Write that the lease has ended. */
    RECORD_EXPIRED,
    /**
     * 18a Remove one of the objects that serve a model, or a claim of devices: of an earlier phase, of one that is not placed, or of a slice that ends or steps
     * aside; or one that a workspace has beside its pod, when the slice ends.
     */
    DELETE_SERVER,
    /** 19 Remove the pods of a slice that ends or steps aside. */
    DELETE_PODS,
    /** 20 Take the slice's part out of the namespace's quota. */
    SHRINK_NAMESPACE,
    /** 21 Give quota back at quota-service. */
    RELEASE_QUOTA,
    /** 22 Write that it has ended. */
    RECORD_END,
    /** 22a Write that it has stepped aside. */
    RECORD_ASIDE,
    /** 23 Let go of the slice. */
    LET_GO
}
