using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Broadsheet.Web.Data.PostgreSql.Migrations;

/// <summary>
/// What the words of a search document were taken apart into is stored beside them, where the index had it alone: a search that ranks thousands of
/// documents took each of them apart anew. Written by hand: nothing but the search reads the column. Rewrites the table.
/// </summary>
[DbContext(typeof(PostgreSqlBroadsheetDb))]
[Migration("20261129201500_SearchVectors")]
internal sealed class SearchVectors : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        DROP INDEX ix_search_documents_words;
        ALTER TABLE search_documents ADD COLUMN vector tsvector GENERATED ALWAYS AS (to_tsvector('simple', words)) STORED;
        CREATE INDEX ix_search_documents_vector ON search_documents USING gin (vector);
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        ALTER TABLE search_documents DROP COLUMN vector;
        CREATE INDEX ix_search_documents_words ON search_documents USING gin (to_tsvector('simple', words));
        """);
}
