using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Broadsheet.Web.Data.PostgreSql.Migrations
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
                type: "boolean",
                nullable: true);
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
