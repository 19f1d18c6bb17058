using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Broadsheet.Web.Data.PostgreSql.Migrations
{
    /// <inheritdoc />
    public partial class ArticleLanguageAndFocus : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "focus_across",
                table: "articles",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "focus_down",
                table: "articles",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "language",
                table: "articles",
                type: "text",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "focus_across",
                table: "articles");

            migrationBuilder.DropColumn(
                name: "focus_down",
                table: "articles");

            migrationBuilder.DropColumn(
                name: "language",
                table: "articles");
        }
    }
}
