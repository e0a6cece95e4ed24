package dev.penstock.platform.tenant;

import dev.penstock.contract.Problem;
import dev.penstock.contract.TenantId;
import dev.penstock.frame.problem.ProblemException;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;
import org.hibernate.exception.ConstraintViolationException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Repository;

/** Loads and saves tenants within the running transaction, which sees the tenants its job may see. */
@Repository
class TenantStore {

    private final EntityManager entities;

    TenantStore(EntityManager entities) {
        this.entities = entities;
    }

    Optional<Tenant> find(TenantId tenant) {
        return Optional.ofNullable(entities.find(Tenant.class, tenant.value()));
    }

    List<Tenant> all() {
        return entities.createQuery("select t from Tenant t order by t.name", Tenant.class).getResultList();
    }

    void add(Tenant tenant) {
        entities.persist(tenant);
    }

    /**
     * Writes what changed now, so that the trail's entry follows a change that holds.
     *
     * @throws ProblemException {@code name_taken} when another tenant has the name
     * @throws OptimisticLockingFailureException when somebody else changed the tenant meanwhile
     */
    void save() {
        try {
            entities.flush();
        } catch (ConstraintViolationException e) {
            if ("tenant_name_key".equals(e.getConstraintName())) {
                throw new ProblemException(Problem.NAME_TAKEN, "Another tenant has this name.", e);
            }
            throw new OptimisticLockingFailureException("somebody made the same thing meanwhile", e);
        }
    }
}
