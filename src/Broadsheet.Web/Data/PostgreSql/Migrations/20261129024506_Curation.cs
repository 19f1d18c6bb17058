using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Broadsheet.Web.Data.PostgreSql.Migrations
{
    /// <inheritdoc />
    public partial class Curation : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "credit_excerpt_words",
                table: "articles",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "credit_format",
                table: "articles",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "credit_retrieved",
                table: "articles",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "original_checks",
                columns: table => new
                {
                    article_id = table.Column<long>(type: "bigint", nullable: false),
                    url = table.Column<string>(type: "text", nullable: false),
                    looks = table.Column<int>(type: "integer", nullable: false),
                    next_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    looked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    text = table.Column<string>(type: "text", nullable: true),
                    finding = table.Column<int>(type: "integer", nullable: false),
                    found_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    likeness = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_original_checks", x => x.article_id);
                    table.ForeignKey(
                        name: "fk_original_checks_articles_article_id",
                        column: x => x.article_id,
                        principalTable: "articles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "outlets",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    name = table.Column<string>(type: "text", nullable: false),
                    feed_url = table.Column<string>(type: "text", nullable: false),
                    site_url = table.Column<string>(type: "text", nullable: true),
                    terms = table.Column<int>(type: "integer", nullable: false),
                    terms_words = table.Column<int>(type: "integer", nullable: false),
                    credit_format = table.Column<string>(type: "text", nullable: false),
                    canonical = table.Column<bool>(type: "boolean", nullable: false),
                    categories = table.Column<string>(type: "text", nullable: false),
                    language = table.Column<string>(type: "text", nullable: true),
                    poll_minutes = table.Column<int>(type: "integer", nullable: true),
                    is_paused = table.Column<bool>(type: "boolean", nullable: false),
                    checks_originals = table.Column<bool>(type: "boolean", nullable: false),
                    added_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    deleted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    e_tag = table.Column<string>(type: "text", nullable: true),
                    last_modified = table.Column<string>(type: "text", nullable: true),
                    next_poll_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    polled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    problem = table.Column<string>(type: "text", nullable: true),
                    failures = table.Column<int>(type: "integer", nullable: false),
                    is_gone = table.Column<bool>(type: "boolean", nullable: false),
                    rest_minutes = table.Column<int>(type: "integer", nullable: true),
                    hub_url = table.Column<string>(type: "text", nullable: true),
                    topic_url = table.Column<string>(type: "text", nullable: true),
                    hub_secret = table.Column<string>(type: "text", nullable: true),
                    hub_key = table.Column<string>(type: "text", nullable: true),
                    hub_asked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    hub_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outlets", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "terms_overrides",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    article_id = table.Column<long>(type: "bigint", nullable: false),
                    person_id = table.Column<long>(type: "bigint", nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    breach = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_terms_overrides", x => x.id);
                    table.ForeignKey(
                        name: "fk_terms_overrides_articles_article_id",
                        column: x => x.article_id,
                        principalTable: "articles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_terms_overrides_asp_net_users_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateTable(
                name: "wire_items",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    outlet_id = table.Column<long>(type: "bigint", nullable: true),
                    key = table.Column<string>(type: "text", nullable: false),
                    outlet_name = table.Column<string>(type: "text", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    url = table.Column<string>(type: "text", nullable: true),
                    author = table.Column<string>(type: "text", nullable: true),
                    published_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    body = table.Column<string>(type: "text", nullable: false),
                    full_body = table.Column<string>(type: "text", nullable: true),
                    summary = table.Column<string>(type: "text", nullable: false),
                    folded = table.Column<string>(type: "text", nullable: false),
                    language = table.Column<string>(type: "text", nullable: true),
                    picture = table.Column<string>(type: "text", nullable: true),
                    source_name = table.Column<string>(type: "text", nullable: true),
                    hash = table.Column<string>(type: "text", nullable: false),
                    state = table.Column<int>(type: "integer", nullable: false),
                    snoozed_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    assigned_to = table.Column<long>(type: "bigint", nullable: true),
                    nominated_by = table.Column<long>(type: "bigint", nullable: true),
                    note = table.Column<string>(type: "text", nullable: true),
                    article_id = table.Column<long>(type: "bigint", nullable: true),
                    group_id = table.Column<long>(type: "bigint", nullable: false),
                    band1 = table.Column<long>(type: "bigint", nullable: true),
                    band2 = table.Column<long>(type: "bigint", nullable: true),
                    band3 = table.Column<long>(type: "bigint", nullable: true),
                    band4 = table.Column<long>(type: "bigint", nullable: true),
                    first = table.Column<long>(type: "bigint", nullable: true),
                    second = table.Column<long>(type: "bigint", nullable: true),
                    headline = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_wire_items", x => x.id);
                    table.ForeignKey(
                        name: "fk_wire_items_articles_article_id",
                        column: x => x.article_id,
                        principalTable: "articles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "fk_wire_items_asp_net_users_assigned_to",
                        column: x => x.assigned_to,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "fk_wire_items_asp_net_users_nominated_by",
                        column: x => x.nominated_by,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "fk_wire_items_outlets_outlet_id",
                        column: x => x.outlet_id,
                        principalTable: "outlets",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_original_checks_finding_seen_at",
                table: "original_checks",
                columns: new[] { "finding", "seen_at" });

            migrationBuilder.CreateIndex(
                name: "ix_original_checks_next_at",
                table: "original_checks",
                column: "next_at");

            migrationBuilder.CreateIndex(
                name: "ix_outlets_feed_url",
                table: "outlets",
                column: "feed_url",
                unique: true,
                filter: "deleted_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_outlets_hub_key",
                table: "outlets",
                column: "hub_key",
                filter: "hub_key IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_outlets_next_poll_at",
                table: "outlets",
                column: "next_poll_at");

            migrationBuilder.CreateIndex(
                name: "ix_terms_overrides_article_id",
                table: "terms_overrides",
                column: "article_id");

            migrationBuilder.CreateIndex(
                name: "ix_terms_overrides_person_id",
                table: "terms_overrides",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_wire_items_article_id",
                table: "wire_items",
                column: "article_id",
                filter: "article_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_wire_items_assigned_to",
                table: "wire_items",
                column: "assigned_to");

            migrationBuilder.CreateIndex(
                name: "ix_wire_items_band1",
                table: "wire_items",
                column: "band1",
                filter: "band1 IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_wire_items_band2",
                table: "wire_items",
                column: "band2",
                filter: "band2 IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_wire_items_band3",
                table: "wire_items",
                column: "band3",
                filter: "band3 IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_wire_items_band4",
                table: "wire_items",
                column: "band4",
                filter: "band4 IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_wire_items_group_id",
                table: "wire_items",
                column: "group_id");

            migrationBuilder.CreateIndex(
                name: "ix_wire_items_headline",
                table: "wire_items",
                column: "headline",
                filter: "headline <> 0");

            migrationBuilder.CreateIndex(
                name: "ix_wire_items_nominated_by",
                table: "wire_items",
                column: "nominated_by");

            migrationBuilder.CreateIndex(
                name: "ix_wire_items_outlet_id_key",
                table: "wire_items",
                columns: new[] { "outlet_id", "key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_wire_items_seen_at",
                table: "wire_items",
                column: "seen_at");

            migrationBuilder.CreateIndex(
                name: "ix_wire_items_state_published_at",
                table: "wire_items",
                columns: new[] { "state", "published_at" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "original_checks");

            migrationBuilder.DropTable(
                name: "terms_overrides");

            migrationBuilder.DropTable(
                name: "wire_items");

            migrationBuilder.DropTable(
                name: "outlets");

            migrationBuilder.DropColumn(
                name: "credit_excerpt_words",
                table: "articles");

            migrationBuilder.DropColumn(
                name: "credit_format",
                table: "articles");

            migrationBuilder.DropColumn(
                name: "credit_retrieved",
                table: "articles");
        }
    }
}
