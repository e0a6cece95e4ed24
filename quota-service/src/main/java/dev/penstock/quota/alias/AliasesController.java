package dev.penstock.quota.alias;

import dev.penstock.contract.quota.AliasSpec;
import dev.penstock.contract.quota.AliasView;
import dev.penstock.contract.quota.AliasesApi;
import dev.penstock.frame.audit.Audited;
import dev.penstock.quota.access.Access;
import java.util.List;
import org.springframework.web.bind.annotation.RestController;

@RestController
class AliasesController implements AliasesApi {

    private final Access access;
    private final AliasMaking aliases;

    AliasesController(Access access, AliasMaking aliases) {
        this.access = access;
        this.aliases = aliases;
    }

    @Override
    @Audited(action = "alias.list", subject = "alias")
    public List<AliasView> list() {
        access.requireReviewer();
        return aliases.list(access.actor());
    }

    @Override
    @Audited(action = "alias.make", subject = "alias", id = "name")
    public AliasView make(String name, int version, AliasSpec spec) {
        access.requireAdmin();
        return aliases.make(access.actor(), name, version, spec);
    }
}
