using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Broadsheet.Web.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class ReportAnswers : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "wants_answer",
                table: "comment_reports",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "wants_answer",
                table: "comment_reports");
        }
    }
}
