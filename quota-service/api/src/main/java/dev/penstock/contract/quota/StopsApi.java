package dev.penstock.contract.quota;

import dev.penstock.contract.StopId;
import jakarta.validation.Valid;
import java.util.List;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PostExchange;
import org.springframework.web.service.annotation.PutExchange;

/** Stopping calls at once. Administrators do it and, with auditors, read what was done. */
@HttpExchange("/api/stops")
public interface StopsApi {

    /** Those that stand first, then the latest; at most 200. */
    @GetExchange
    List<StopView> list();

    /**
     * Within two seconds no gateway accepts such a call; calls under way go on to their end. The same again changes nothing, another content is
     * {@code exists_but_different}, a second one of the same tenant or model is {@code wrong_state}.
     */
    @PutExchange("/{stop}")
    StopView make(@PathVariable StopId stop, @Valid @RequestBody StopSpec spec);

    /** Lets calls go again. Repeating it changes nothing. */
    @PostExchange("/{stop}/lift")
    StopView lift(@PathVariable StopId stop, @Valid @RequestBody StopLift lift);
}
