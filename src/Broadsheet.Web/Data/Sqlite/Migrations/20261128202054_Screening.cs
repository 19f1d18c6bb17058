using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Broadsheet.Web.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Screening : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "trust",
                table: "people",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "bans",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    kind = table.Column<int>(type: "INTEGER", nullable: false),
                    value = table.Column<string>(type: "TEXT", nullable: false),
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    action = table.Column<int>(type: "INTEGER", nullable: false),
                    reason = table.Column<string>(type: "TEXT", nullable: false),
                    by_id = table.Column<long>(type: "INTEGER", nullable: true),
                    since = table.Column<long>(type: "INTEGER", nullable: false),
                    until = table.Column<long>(type: "INTEGER", nullable: true),
                    lifted_at = table.Column<long>(type: "INTEGER", nullable: true),
                    lifted_by_id = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_bans", x => x.id);
                    table.ForeignKey(
                        name: "fk_bans_people_by_id",
                        column: x => x.by_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "fk_bans_people_lifted_by_id",
                        column: x => x.lifted_by_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateTable(
                name: "comment_prints",
                columns: table => new
                {
                    comment_id = table.Column<long>(type: "INTEGER", nullable: false),
                    writer = table.Column<long>(type: "INTEGER", nullable: true),
                    band1 = table.Column<long>(type: "INTEGER", nullable: true),
                    band2 = table.Column<long>(type: "INTEGER", nullable: true),
                    band3 = table.Column<long>(type: "INTEGER", nullable: true),
                    band4 = table.Column<long>(type: "INTEGER", nullable: true),
                    first = table.Column<long>(type: "INTEGER", nullable: false),
                    second = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_comment_prints", x => x.comment_id);
                    table.ForeignKey(
                        name: "fk_comment_prints_comments_comment_id",
                        column: x => x.comment_id,
                        principalTable: "comments",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_bans_by_id",
                table: "bans",
                column: "by_id");

            migrationBuilder.CreateIndex(
                name: "ix_bans_key",
                table: "bans",
                column: "key",
                filter: "lifted_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_bans_lifted_by_id",
                table: "bans",
                column: "lifted_by_id");

            migrationBuilder.CreateIndex(
                name: "ix_comment_prints_band1_comment_id",
                table: "comment_prints",
                columns: new[] { "band1", "comment_id" },
                filter: "band1 IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_comment_prints_band2_comment_id",
                table: "comment_prints",
                columns: new[] { "band2", "comment_id" },
                filter: "band2 IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_comment_prints_band3_comment_id",
                table: "comment_prints",
                columns: new[] { "band3", "comment_id" },
                filter: "band3 IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_comment_prints_band4_comment_id",
                table: "comment_prints",
                columns: new[] { "band4", "comment_id" },
                filter: "band4 IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_comment_prints_writer_comment_id",
                table: "comment_prints",
                columns: new[] { "writer", "comment_id" },
                filter: "writer IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "bans");

            migrationBuilder.DropTable(
                name: "comment_prints");

            migrationBuilder.DropColumn(
                name: "trust",
                table: "people");
        }
    }
}
