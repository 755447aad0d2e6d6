/// picocli, compiled from its published sources for release 25.
module info.picocli {
    requires static java.sql;

    exports picocli;
}
