using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Broadsheet.Web.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Running : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "missed_addresses",
                columns: table => new
                {
                    path = table.Column<string>(type: "TEXT", nullable: false),
                    hits = table.Column<int>(type: "INTEGER", nullable: false),
                    first_at = table.Column<long>(type: "INTEGER", nullable: false),
                    last_at = table.Column<long>(type: "INTEGER", nullable: false),
                    linked_from = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_missed_addresses", x => x.path);
                });

            migrationBuilder.CreateTable(
                name: "redirections",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    source = table.Column<string>(type: "TEXT", nullable: false),
                    folded = table.Column<string>(type: "TEXT", nullable: false),
                    target = table.Column<string>(type: "TEXT", nullable: false),
                    kind = table.Column<int>(type: "INTEGER", nullable: false),
                    person_id = table.Column<long>(type: "INTEGER", nullable: true),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    hits = table.Column<int>(type: "INTEGER", nullable: false),
                    last_hit_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_redirections", x => x.id);
                    table.ForeignKey(
                        name: "fk_redirections_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateTable(
                name: "stats",
                columns: table => new
                {
                    day = table.Column<int>(type: "INTEGER", nullable: false),
                    kind = table.Column<int>(type: "INTEGER", nullable: false),
                    article_id = table.Column<long>(type: "INTEGER", nullable: false),
                    key = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    views = table.Column<int>(type: "INTEGER", nullable: false),
                    visits = table.Column<int>(type: "INTEGER", nullable: false),
                    reads = table.Column<int>(type: "INTEGER", nullable: false),
                    seconds = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_stats", x => new { x.kind, x.day, x.article_id, x.key });
                });

            migrationBuilder.CreateIndex(
                name: "ix_missed_addresses_last_at",
                table: "missed_addresses",
                column: "last_at");

            migrationBuilder.CreateIndex(
                name: "ix_redirections_folded",
                table: "redirections",
                column: "folded",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_redirections_person_id",
                table: "redirections",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_stats_article_id_kind_day",
                table: "stats",
                columns: new[] { "article_id", "kind", "day" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "missed_addresses");

            migrationBuilder.DropTable(
                name: "redirections");

            migrationBuilder.DropTable(
                name: "stats");
        }
    }
}
