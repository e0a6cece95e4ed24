package dev.penstock.contract.platform;

import java.util.List;
import org.springframework.web.service.annotation.GetExchange;
import org.springframework.web.service.annotation.HttpExchange;

/** What can be asked for. For everybody who is signed in. */
@HttpExchange("/api/slice-profiles")
public interface SliceProfilesApi {

    /** All profiles, smallest first, with what is free now. */
    @GetExchange
    List<SliceProfileView> list();
}
