package dev.penstock.platform.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.ProjectId;
import dev.penstock.contract.TenantId;
import dev.penstock.contract.quota.PrincipalKind;
import dev.penstock.contract.quota.TenantRole;
import dev.penstock.frame.identity.Caller;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the rows of {@code member} mean, as a table. */
class RolesTest {

    private static final ProjectId ALPHA = new ProjectId(new UUID(0, 1));
    private static final ProjectId BETA = new ProjectId(new UUID(0, 2));

    @ParameterizedTest(name = "{0}: {1} of {2}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            # members                                 | subject | groups  | belongs | in tenant | in alpha | in beta
              -                                       | ann     | g       | false   | -         | -        | -
              GROUP g MEMBER *                        | ann     | g       | true    | MEMBER    | MEMBER   | MEMBER
              GROUP g OWNER *                         | ann     | g,h     | true    | OWNER     | OWNER    | OWNER
              GROUP g MEMBER alpha                    | ann     | g       | true    | -         | MEMBER   | -
              GROUP g OWNER alpha                     | ann     | g       | true    | -         | OWNER    | -
              GROUP g MEMBER * ; GROUP h OWNER alpha  | ann     | g,h     | true    | MEMBER    | OWNER    | MEMBER
              GROUP g MEMBER alpha ; GROUP h OWNER *  | ann     | g,h     | true    | OWNER     | OWNER    | OWNER
              GROUP ann MEMBER *                      | ann     | g       | false   | -         | -        | -
              PERSON ann MEMBER *                     | ann     | g       | true    | MEMBER    | MEMBER   | MEMBER
              PERSON g MEMBER *                       | ann     | g       | false   | -         | -        | -
              PERSON ann MEMBER beta ; GROUP g MEMBER alpha | ann | g     | true    | -         | MEMBER   | MEMBER
              GROUP G MEMBER *                        | ann     | g       | false   | -         | -        | -
            """)
    void whatAPersonMayDo(
            @Nullable String members, String subject, String groups, boolean belongs, @Nullable TenantRole inTenant, @Nullable TenantRole inAlpha, @Nullable TenantRole inBeta) {
        Membership membership = new Membership(
                new TenantId(new UUID(1, 1)), "t", "UTC", "EUR", 1, Map.of(ALPHA, "alpha", BETA, "beta"), members == null ? List.of() : members(members));
        Caller caller = new Caller(subject, subject, Set.of(groups.split(",")), Set.of(), Instant.MAX);
        assertThat(membership.belongs(caller)).isEqualTo(belongs);
        assertThat(membership.roleInTenant(caller)).isEqualTo(inTenant);
        assertThat(membership.roleIn(ALPHA, caller)).isEqualTo(inAlpha);
        assertThat(membership.roleIn(BETA, caller)).isEqualTo(inBeta);
        assertThat(membership.roleIn(new ProjectId(new UUID(0, 3)), caller)).as("a project of somebody else").isNull();
    }

    private static List<Membership.Member> members(String table) {
        return Arrays.stream(table.split(" ; ")).map(row -> row.split(" ")).map(row -> new Membership.Member(
                PrincipalKind.valueOf(row[0]), row[1], TenantRole.valueOf(row[2]), row[3].equals("*") ? null : row[3].equals("alpha") ? ALPHA : BETA)).toList();
    }
}
