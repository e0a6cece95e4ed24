package dev.penstock.ui.fleet;

import dev.penstock.contract.platform.GpuView;
import dev.penstock.ui.base.Category;

/** By whom partitions are coloured. */
enum Colouring {
    TENANT("By tenant") {
        @Override
        String name(GpuView.Holder holder) {
            return holder.tenantName();
        }

        @Override
        String css(GpuView.Holder holder) {
            return Category.css(holder.tenant().value());
        }
    },
    PROJECT("By project") {
        @Override
        String name(GpuView.Holder holder) {
            return holder.projectName();
        }

        @Override
        String css(GpuView.Holder holder) {
            return Category.css(holder.project().value());
        }
    };

    private final String title;

    Colouring(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** What the legend says. */
    abstract String name(GpuView.Holder holder);

    /** The colour's class. */
    abstract String css(GpuView.Holder holder);
}
