package dev.penstock.platform.request;

import dev.penstock.contract.Problem;
import dev.penstock.contract.ProjectId;
import dev.penstock.contract.RequestId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.platform.RequestState;
import dev.penstock.frame.problem.ProblemException;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hibernate.exception.ConstraintViolationException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Repository;

/** Loads and saves requests within the running transaction. */
@Repository
class RequestStore {

    /** The most a list holds. */
    static final int PAGE = 200;

    private final EntityManager entities;

    RequestStore(EntityManager entities) {
        this.entities = entities;
    }

    Optional<SliceRequest> find(TenantId tenant, RequestId id) {
        return Optional.ofNullable(entities.find(SliceRequest.class, key(tenant, id)));
    }

    /** Whoever else wants to decide on it waits until this transaction ends, and then sees the outcome. */
    Optional<SliceRequest> lock(TenantId tenant, RequestId id) {
        return Optional.ofNullable(entities.find(SliceRequest.class, key(tenant, id), LockModeType.PESSIMISTIC_WRITE));
    }

    /**
     * Newest first.
     *
     * @param projects those to look in; null: all that the transaction may see
     */
    List<SliceRequest> list(@Nullable TenantId tenant, @Nullable Set<ProjectId> projects, @Nullable RequestState state) {
        CriteriaBuilder is = entities.getCriteriaBuilder();
        CriteriaQuery<SliceRequest> query = is.createQuery(SliceRequest.class);
        Root<SliceRequest> request = query.from(SliceRequest.class);
        List<Predicate> where = new ArrayList<>();
        if (tenant != null) {
            where.add(is.equal(request.get("tenantId"), tenant.value()));
        }
        if (projects != null) {
            where.add(request.get("projectId").in(projects.stream().map(ProjectId::value).toList()));
        }
        if (state != null) {
            where.add(is.equal(request.get("state"), state));
        }
        query.where(where.toArray(Predicate[]::new)).orderBy(is.desc(request.get("requestedAt")), is.desc(request.get("id")));
        return entities.createQuery(query).setMaxResults(PAGE).getResultList();
    }

    void add(SliceRequest request) {
        entities.persist(request);
    }

    /**
     * Writes what changed now, so that the trail's entry follows a change that holds.
     *
     * @throws ProblemException {@code name_taken} when another open request of the project has the name
     * @throws OptimisticLockingFailureException when somebody else made or changed it meanwhile
     */
    void save() {
        try {
            entities.flush();
        } catch (ConstraintViolationException e) {
            if ("slice_request_open_name".equals(e.getConstraintName())) {
                throw new ProblemException(Problem.NAME_TAKEN, "Another open request of the project asks for a slice of this name.", e);
            }
            throw new OptimisticLockingFailureException("somebody made the same thing meanwhile", e);
        }
    }

    private static SliceRequest.Key key(TenantId tenant, RequestId id) {
        return new SliceRequest.Key(tenant.value(), id.value());
    }
}
