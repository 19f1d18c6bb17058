using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Broadsheet.Web.Data.Sqlite.Migrations;

/// <summary>The full-text index over <c>search_documents</c>, kept in step by triggers. Written by hand: EF knows no FTS5.</summary>
[DbContext(typeof(SqliteBroadsheetDb))]
[Migration("20261128235959_SearchWords")]
internal sealed class SearchWords : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        CREATE VIRTUAL TABLE search_words USING fts5(words, content='search_documents', content_rowid='id', tokenize="unicode61 remove_diacritics 0 categories 'L* N* M* Co'");
        CREATE TRIGGER search_documents_added AFTER INSERT ON search_documents BEGIN
            INSERT INTO search_words(rowid, words) VALUES (new.id, new.words);
        END;
        CREATE TRIGGER search_documents_removed AFTER DELETE ON search_documents BEGIN
            INSERT INTO search_words(search_words, rowid, words) VALUES ('delete', old.id, old.words);
        END;
        CREATE TRIGGER search_documents_changed AFTER UPDATE ON search_documents BEGIN
            INSERT INTO search_words(search_words, rowid, words) VALUES ('delete', old.id, old.words);
            INSERT INTO search_words(rowid, words) VALUES (new.id, new.words);
        END;
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
        DROP TRIGGER search_documents_added; DROP TRIGGER search_documents_removed; DROP TRIGGER search_documents_changed; DROP TABLE search_words;
        """);
}
