using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Broadsheet.Web.Data.PostgreSql.Migrations
{
    /// <inheritdoc />
    public partial class DraftOfAWindow : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropPrimaryKey(
                name: "pk_desk_drafts",
                table: "desk_drafts");

            migrationBuilder.AddColumn<long>(
                name: "draft",
                table: "desk_drafts",
                type: "bigint",
                nullable: false,
                defaultValue: 1L);

            migrationBuilder.AddPrimaryKey(
                name: "pk_desk_drafts",
                table: "desk_drafts",
                columns: new[] { "person_id", "kind", "article_id", "draft" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropPrimaryKey(
                name: "pk_desk_drafts",
                table: "desk_drafts");

            migrationBuilder.DropColumn(
                name: "draft",
                table: "desk_drafts");

            migrationBuilder.AddPrimaryKey(
                name: "pk_desk_drafts",
                table: "desk_drafts",
                columns: new[] { "person_id", "kind", "article_id" });
        }
    }
}
