package dev.penstock.quota.limit;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Where limits stand: the nodes of the budget tree. All but people's are made by others. */
@Component
class NodeTable {

    /** @param name of the tenant, project or key; the subject of a person's sign-in */
    record Node(UUID id, String name) {}

    private final JdbcClient jdbc;

    NodeTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Empty if it is not registered, or the key is of another project. A person's is made if there is none. */
    Optional<Node> of(TenantId tenant, Subject subject) {
        String person = subject.person();
        ProjectId project = subject.project();
        if (project == null) {
            return find(tenant, tenant.value(), "tenant");
        }
        Optional<Node> ofProject = find(tenant, project.value(), "project");
        if (person != null) {
            return ofProject.map(parent -> person(tenant, parent.id(), person));
        }
        return subject.key() == null ? ofProject : ofProject.flatMap(parent -> key(tenant, parent.id(), Objects.requireNonNull(subject.key()).value()));
    }

    /**
     * Whether the person has to do with the project: a member row names them, or they called for it before. Who belongs to a group is known to the
     * identity provider alone, so whoever never called and is a member by their group is not known yet.
     */
    boolean knows(TenantId tenant, ProjectId project, String person) {
        return jdbc.sql("""
                        select exists (select from quota.member m
                                        where m.tenant_id = :tenant and m.kind = 'PERSON' and m.principal = :person
                                          and (m.project_id is null or m.project_id = :project))
                            or exists (select from quota.usage_person p
                                         join quota.usage_rollup u on u.tenant_id = p.tenant_id and u.person = p.id and u.project_id = :project
                                        where p.tenant_id = :tenant and p.person = :person)""")
                .param("tenant", tenant.value())
                .param("project", project.value())
                .param("person", person)
                .query(Boolean.class)
                .single();
    }

    private Optional<Node> find(TenantId tenant, UUID id, String kind) {
        return jdbc.sql("""
                        select n.id, n.name from quota.node n
                          left join quota.project p on p.tenant_id = n.tenant_id and p.id = n.id
                         where n.tenant_id = :tenant and n.id = :id and n.kind = :kind and not coalesce(p.vanished, false)""")
                .param("tenant", tenant.value())
                .param("id", id)
                .param("kind", kind)
                .query(Node.class)
                .optional();
    }

    private Optional<Node> key(TenantId tenant, UUID project, UUID key) {
        return jdbc.sql("select id, name from quota.node where tenant_id = :tenant and id = :key and kind = 'key' and parent_id = :project")
                .param("tenant", tenant.value())
                .param("key", key)
                .param("project", project)
                .query(Node.class)
                .optional();
    }

    /** Only with the tenant locked, so that nobody else makes it in the middle of the statement. */
    private Node person(TenantId tenant, UUID project, String person) {
        return jdbc.sql("""
                        with made as (
                            insert into quota.node (tenant_id, id, parent_id, kind, name) values (:tenant, uuidv7(), :project, 'user', :person)
                            on conflict (tenant_id, parent_id, name) where kind = 'user' do nothing returning id, name)
                        select id, name from made union all
                        select id, name from quota.node where tenant_id = :tenant and parent_id = :project and kind = 'user' and name = :person""")
                .param("tenant", tenant.value())
                .param("project", project)
                .param("person", person)
                .query(Node.class)
                .single();
    }
}
