using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Broadsheet.Web.Data.PostgreSql.Migrations
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
                    path = table.Column<string>(type: "text", nullable: false),
                    hits = table.Column<int>(type: "integer", nullable: false),
                    first_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    linked_from = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_missed_addresses", x => x.path);
                });

            migrationBuilder.CreateTable(
                name: "redirections",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    source = table.Column<string>(type: "text", nullable: false),
                    folded = table.Column<string>(type: "text", nullable: false),
                    target = table.Column<string>(type: "text", nullable: false),
                    kind = table.Column<int>(type: "integer", nullable: false),
                    person_id = table.Column<long>(type: "bigint", nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    hits = table.Column<int>(type: "integer", nullable: false),
                    last_hit_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
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
                    day = table.Column<int>(type: "integer", nullable: false),
                    kind = table.Column<int>(type: "integer", nullable: false),
                    article_id = table.Column<long>(type: "bigint", nullable: false),
                    key = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    views = table.Column<int>(type: "integer", nullable: false),
                    visits = table.Column<int>(type: "integer", nullable: false),
                    reads = table.Column<int>(type: "integer", nullable: false),
                    seconds = table.Column<long>(type: "bigint", nullable: false)
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
