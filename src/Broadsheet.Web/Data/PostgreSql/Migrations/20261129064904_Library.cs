using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Broadsheet.Web.Data.PostgreSql.Migrations
{
    /// <inheritdoc />
    public partial class Library : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "month",
                table: "media",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "words",
                table: "media",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateTable(
                name: "media_uses",
                columns: table => new
                {
                    article_id = table.Column<long>(type: "bigint", nullable: false),
                    media_id = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_media_uses", x => new { x.article_id, x.media_id });
                    table.ForeignKey(
                        name: "fk_media_uses_articles_article_id",
                        column: x => x.article_id,
                        principalTable: "articles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_media_uses_articles_media_id",
                        column: x => x.media_id,
                        principalTable: "articles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "replaced_files",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    media_id = table.Column<long>(type: "bigint", nullable: false),
                    file = table.Column<string>(type: "text", nullable: false),
                    mime_type = table.Column<string>(type: "text", nullable: false),
                    bytes = table.Column<long>(type: "bigint", nullable: false),
                    width = table.Column<int>(type: "integer", nullable: true),
                    height = table.Column<int>(type: "integer", nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    person_id = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_replaced_files", x => x.id);
                    table.ForeignKey(
                        name: "fk_replaced_files_articles_media_id",
                        column: x => x.media_id,
                        principalTable: "articles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_replaced_files_asp_net_users_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateTable(
                name: "unfinished_uploads",
                columns: table => new
                {
                    key = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    person_id = table.Column<long>(type: "bigint", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    alt = table.Column<string>(type: "text", nullable: false),
                    length = table.Column<long>(type: "bigint", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    media_id = table.Column<long>(type: "bigint", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_unfinished_uploads", x => x.key);
                    table.ForeignKey(
                        name: "fk_unfinished_uploads_asp_net_users_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_media_month_article_id",
                table: "media",
                columns: new[] { "month", "article_id" });

            migrationBuilder.CreateIndex(
                name: "ix_articles_featured_image_id",
                table: "articles",
                column: "featured_image_id",
                filter: "featured_image_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_media_uses_media_id_article_id",
                table: "media_uses",
                columns: new[] { "media_id", "article_id" });

            migrationBuilder.CreateIndex(
                name: "ix_replaced_files_at",
                table: "replaced_files",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_replaced_files_media_id",
                table: "replaced_files",
                column: "media_id");

            migrationBuilder.CreateIndex(
                name: "ix_replaced_files_person_id",
                table: "replaced_files",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_unfinished_uploads_expires_at",
                table: "unfinished_uploads",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_unfinished_uploads_person_id",
                table: "unfinished_uploads",
                column: "person_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "media_uses");

            migrationBuilder.DropTable(
                name: "replaced_files");

            migrationBuilder.DropTable(
                name: "unfinished_uploads");

            migrationBuilder.DropIndex(
                name: "ix_media_month_article_id",
                table: "media");

            migrationBuilder.DropIndex(
                name: "ix_articles_featured_image_id",
                table: "articles");

            migrationBuilder.DropColumn(
                name: "month",
                table: "media");

            migrationBuilder.DropColumn(
                name: "words",
                table: "media");
        }
    }
}
