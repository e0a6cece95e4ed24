package dev.penstock.quota.price;

import dev.penstock.contract.quota.PriceBookSpec;
import dev.penstock.contract.quota.PriceBookView;
import dev.penstock.contract.quota.PricesApi;
import dev.penstock.frame.audit.Audited;
import dev.penstock.quota.access.Access;
import java.util.List;
import org.springframework.web.bind.annotation.RestController;

@RestController
class PricesController implements PricesApi {

    private final Access access;
    private final PriceMaking books;

    PricesController(Access access, PriceMaking books) {
        this.access = access;
        this.books = books;
    }

    @Override
    @Audited(action = "price-book.list", subject = "price-book")
    public List<PriceBookView> list() {
        access.requirePerson();
        return books.list(access.actor());
    }

    @Override
    @Audited(action = "price-book.make", subject = "price-book", id = "version")
    public PriceBookView make(int version, PriceBookSpec spec) {
        access.requirePriceMaker();
        return books.make(access.actor(), version, spec);
    }
}
