using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Broadsheet.Web.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class MovingPictures : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "moves",
                table: "media",
                type: "INTEGER",
                nullable: true);

            // What was never saved has a number of its own since: the one such text that somebody may have had.
            migrationBuilder.Sql("UPDATE desk_drafts SET article_id = -1 WHERE article_id = 0");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "moves",
                table: "media");
        }
    }
}
