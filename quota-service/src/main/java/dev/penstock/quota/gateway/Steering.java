package dev.penstock.quota.gateway;

import java.util.List;

/** What a call may become before it is located, because its project wants it so. Asked on event loops: from memory, without waiting. */
@FunctionalInterface
interface Steering {

    /**
     * @param asked of an operation that generates, and names what its caller may call
     * @return in the order in which they are wished. The last is {@code asked} itself: a call that could be answered without the wish is never refused for it
     */
    List<Stage.Asked> ways(CallHeaders headers, Stage.Asked asked);
}
