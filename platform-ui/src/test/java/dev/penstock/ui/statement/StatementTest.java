package dev.penstock.ui.statement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.contract.quota.StatementView;
import dev.penstock.ui.base.Amounts;
import dev.penstock.ui.fakes.Ids;
import dev.penstock.ui.base.Csv;
import dev.penstock.ui.fakes.Persona;
import dev.penstock.ui.fakes.ScreenTest;
import org.junit.jupiter.api.Test;

class StatementTest extends ScreenTest {

    private static final String NOVEMBER = "statements/" + Ids.RESEARCH + "/2026-11";

    private StatementView november() {
        return services.books.statements.getFirst();
    }

    @Test
    void financeSeesTheMonthsOfAllTenants() {
        open(Persona.FINANCE, "statements");

        assertThat(screen()).contains("November 2026 research Draft", "October 2026 research", "November 2026 risk");
    }

    @Test
    void anOwnerSeesTheirTenantsAlone() {
        open(Persona.OWNER, "statements");

        assertThat(screen()).contains("November 2026 research").doesNotContain("risk");
    }

    @Test
    void aStatementAddsUpFromItsLinesToItsTotal() {
        open(Persona.FINANCE, NOVEMBER);

        assertThat(screen())
                .contains("Total " + Amounts.of(november().billed()), "Equals the ledger", "7 calls estimated")
                .contains("research-vision €1,275.61", "Slice h100-80.1g.10gb – 1,102.50h €0.42/h €463.05")
                .contains("Output tokens qwen2.5-7b-instruct 96.22 M €0.62/M €59.66")
                .contains("Sum of the rows exact 1,908.231733231925 EUR", "Rounding each line once, half to even 0.008266768075 EUR")
                .contains("the month in Europe/Berlin");
    }

    @Test
    void aLineOpensWithTheRowsItIsMadeOf() {
        open(Persona.FINANCE, NOVEMBER);

        follow("Output tokens");

        assertThat(screen()).contains("96,218,405 tokens", "Exactly 59.6554111 EUR", "50 of 41,220 rows", "notebook");
        String first = screen();
        follow("More");
        assertThat(screen()).contains("50 of 41,220 rows").isNotEqualTo(first);
    }

    @Test
    void aSliceLineOpensWithItsTime() {
        open(Persona.FINANCE, NOVEMBER + "?line=v1");

        assertThat(screen()).contains("3,969,000 seconds", "1,323,000", "3 of 3 rows");
    }

    @Test
    void theFileHasEveryDigitAndNoFormula() {
        String csv = LinesCsv.of(november());

        assertThat(csv.lines()).hasSize(8);
        assertThat(csv).contains("2026-11,research,research-vision,TOKENS,qwen2.5-7b-instruct,OUTPUT,3,96218405,0.000000620000,59.655411100000,59.660000000000,EUR,41220\r\n");
        StatementView.Line line = november().lines().getFirst();
        assertThat(Csv.field("=1+2,\"a\"")).isEqualTo("\"'=1+2,\"\"a\"\"\"");
        assertThat(Csv.field(line.exact().picoUnits().negate())).startsWith("-");
    }

    @Test
    void aMonthThatIsNoneIsNotFound() {
        open(Persona.FINANCE, "statements/" + Ids.RESEARCH + "/2026-13");

        assertThat(screen()).contains("“2026-13” is no month.");
    }

    @Test
    void anothersStatementIsNotThere() {
        open(Persona.OWNER, "statements/" + Ids.RISK + "/2026-11");

        assertThat(screen()).contains("There is no such thing, or it is not yours to see.");
    }
}
