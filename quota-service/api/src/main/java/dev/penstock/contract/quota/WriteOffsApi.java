package dev.penstock.contract.quota;

import jakarta.validation.Valid;
import java.util.UUID;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.service.annotation.HttpExchange;
import org.springframework.web.service.annotation.PutExchange;

/** Replicas of the gateway that are gone for good with their disks. For administrators. */
@HttpExchange("/api/replicas")
public interface WriteOffsApi {

    /**
     * Declares that a replica and the disk with this journal will not come back. What it held of limits stays counted until the periods end; the most
     * that its calls can have cost is booked as platform loss, and taken back should the journal turn up. Declaring it again answers what is in
     * force.
     *
     * <p>{@code not_found} if there is no replica of that name, or it left nothing by that journal; {@code wrong_state} while it is heard of, or was
     * lately.
     */
    @PutExchange("/{replica}/journals/{journal}/write-off")
    WriteOffView writeOff(@PathVariable String replica, @PathVariable UUID journal, @Valid @RequestBody WriteOffSpec spec);
}
