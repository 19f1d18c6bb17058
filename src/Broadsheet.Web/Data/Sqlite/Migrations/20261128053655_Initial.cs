using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Broadsheet.Web.Data.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "evictions",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    tag = table.Column<string>(type: "TEXT", nullable: false),
                    hard = table.Column<bool>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_evictions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "held_names",
                columns: table => new
                {
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    person_id = table.Column<long>(type: "INTEGER", nullable: false),
                    until = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_held_names", x => x.key);
                });

            migrationBuilder.CreateTable(
                name: "import_runs",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    source = table.Column<string>(type: "TEXT", nullable: false),
                    file_hash = table.Column<string>(type: "TEXT", nullable: false),
                    checkpoint = table.Column<long>(type: "INTEGER", nullable: false),
                    progress = table.Column<string>(type: "TEXT", nullable: false),
                    started_at = table.Column<long>(type: "INTEGER", nullable: false),
                    finished_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_import_runs", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "kept_words",
                columns: table => new
                {
                    id = table.Column<string>(type: "TEXT", nullable: false),
                    article_id = table.Column<long>(type: "INTEGER", nullable: false),
                    parent_id = table.Column<long>(type: "INTEGER", nullable: false),
                    words = table.Column<string>(type: "TEXT", nullable: false),
                    replies = table.Column<bool>(type: "INTEGER", nullable: false),
                    thread = table.Column<bool>(type: "INTEGER", nullable: false),
                    articles = table.Column<bool>(type: "INTEGER", nullable: false),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_kept_words", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "learned_steps",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    model = table.Column<int>(type: "INTEGER", nullable: false),
                    decision_id = table.Column<long>(type: "INTEGER", nullable: true),
                    changes = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_learned_steps", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "mails",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    kind = table.Column<int>(type: "INTEGER", nullable: false),
                    email = table.Column<string>(type: "TEXT", nullable: false),
                    email_folded = table.Column<string>(type: "TEXT", nullable: false),
                    subscription_id = table.Column<long>(type: "INTEGER", nullable: false),
                    comment_id = table.Column<long>(type: "INTEGER", nullable: true),
                    article_id = table.Column<long>(type: "INTEGER", nullable: true),
                    digest_id = table.Column<long>(type: "INTEGER", nullable: true),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    due_at = table.Column<long>(type: "INTEGER", nullable: false),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    claim = table.Column<long>(type: "INTEGER", nullable: true),
                    claimed_until = table.Column<long>(type: "INTEGER", nullable: true),
                    done_at = table.Column<long>(type: "INTEGER", nullable: true),
                    note = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mails", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "mapped_ids",
                columns: table => new
                {
                    kind = table.Column<int>(type: "INTEGER", nullable: false),
                    source = table.Column<string>(type: "TEXT", nullable: false),
                    old_id = table.Column<long>(type: "INTEGER", nullable: false),
                    new_id = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mapped_ids", x => new { x.kind, x.old_id, x.source });
                });

            migrationBuilder.CreateTable(
                name: "mastodon_servers",
                columns: table => new
                {
                    host = table.Column<string>(type: "TEXT", nullable: false),
                    redirect_uri = table.Column<string>(type: "TEXT", nullable: false),
                    client_id = table.Column<string>(type: "TEXT", nullable: false),
                    client_secret = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mastodon_servers", x => x.host);
                });

            migrationBuilder.CreateTable(
                name: "meta",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    owner = table.Column<int>(type: "INTEGER", nullable: false),
                    owner_id = table.Column<long>(type: "INTEGER", nullable: false),
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    value = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_meta", x => x.id);
                });

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
                name: "moderation_days",
                columns: table => new
                {
                    day = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    received = table.Column<int>(type: "INTEGER", nullable: false),
                    held = table.Column<int>(type: "INTEGER", nullable: false),
                    caught = table.Column<int>(type: "INTEGER", nullable: false),
                    removed = table.Column<int>(type: "INTEGER", nullable: false),
                    reports = table.Column<int>(type: "INTEGER", nullable: false),
                    appeals = table.Column<int>(type: "INTEGER", nullable: false),
                    granted = table.Column<int>(type: "INTEGER", nullable: false),
                    notices = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_moderation_days", x => x.day);
                });

            migrationBuilder.CreateTable(
                name: "name_changes",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    person_id = table.Column<long>(type: "INTEGER", nullable: false),
                    before = table.Column<string>(type: "TEXT", nullable: false),
                    after = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_name_changes", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "one_time_links",
                columns: table => new
                {
                    hash = table.Column<string>(type: "TEXT", nullable: false),
                    person_id = table.Column<long>(type: "INTEGER", nullable: true),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: false),
                    used_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_one_time_links", x => x.hash);
                });

            migrationBuilder.CreateTable(
                name: "outbox",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    job = table.Column<string>(type: "TEXT", nullable: false),
                    payload = table.Column<string>(type: "TEXT", nullable: false),
                    due_at = table.Column<long>(type: "INTEGER", nullable: false),
                    attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    claimed_until = table.Column<long>(type: "INTEGER", nullable: true),
                    parked = table.Column<bool>(type: "INTEGER", nullable: false),
                    last_error = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outbox", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "outlets",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    feed_url = table.Column<string>(type: "TEXT", nullable: false),
                    site_url = table.Column<string>(type: "TEXT", nullable: true),
                    terms = table.Column<int>(type: "INTEGER", nullable: false),
                    terms_words = table.Column<int>(type: "INTEGER", nullable: false),
                    credit_format = table.Column<string>(type: "TEXT", nullable: false),
                    canonical = table.Column<bool>(type: "INTEGER", nullable: false),
                    categories = table.Column<string>(type: "TEXT", nullable: false),
                    language = table.Column<string>(type: "TEXT", nullable: true),
                    poll_minutes = table.Column<int>(type: "INTEGER", nullable: true),
                    is_paused = table.Column<bool>(type: "INTEGER", nullable: false),
                    checks_originals = table.Column<bool>(type: "INTEGER", nullable: false),
                    added_at = table.Column<long>(type: "INTEGER", nullable: false),
                    deleted_at = table.Column<long>(type: "INTEGER", nullable: true),
                    e_tag = table.Column<string>(type: "TEXT", nullable: true),
                    last_modified = table.Column<string>(type: "TEXT", nullable: true),
                    next_poll_at = table.Column<long>(type: "INTEGER", nullable: false),
                    polled_at = table.Column<long>(type: "INTEGER", nullable: true),
                    changed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    problem = table.Column<string>(type: "TEXT", nullable: true),
                    failures = table.Column<int>(type: "INTEGER", nullable: false),
                    is_gone = table.Column<bool>(type: "INTEGER", nullable: false),
                    rest_minutes = table.Column<int>(type: "INTEGER", nullable: true),
                    hub_url = table.Column<string>(type: "TEXT", nullable: true),
                    topic_url = table.Column<string>(type: "TEXT", nullable: true),
                    hub_secret = table.Column<string>(type: "TEXT", nullable: true),
                    hub_key = table.Column<string>(type: "TEXT", nullable: true),
                    hub_asked_at = table.Column<long>(type: "INTEGER", nullable: true),
                    hub_until = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outlets", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "people",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    display_name = table.Column<string>(type: "TEXT", nullable: false),
                    slug = table.Column<string>(type: "TEXT", nullable: false),
                    role = table.Column<int>(type: "INTEGER", nullable: false),
                    url = table.Column<string>(type: "TEXT", nullable: false),
                    bio = table.Column<string>(type: "TEXT", nullable: false),
                    joined_at = table.Column<long>(type: "INTEGER", nullable: false),
                    signed_in_at = table.Column<long>(type: "INTEGER", nullable: true),
                    leaves_at = table.Column<long>(type: "INTEGER", nullable: true),
                    leaves_nothing = table.Column<bool>(type: "INTEGER", nullable: false),
                    has_page = table.Column<bool>(type: "INTEGER", nullable: false),
                    held_mail = table.Column<int>(type: "INTEGER", nullable: false),
                    held_told_at = table.Column<long>(type: "INTEGER", nullable: true),
                    trust = table.Column<int>(type: "INTEGER", nullable: false),
                    shows_likes = table.Column<bool>(type: "INTEGER", nullable: false),
                    user_name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    normalized_user_name = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    email = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    normalized_email = table.Column<string>(type: "TEXT", maxLength: 256, nullable: true),
                    email_confirmed = table.Column<bool>(type: "INTEGER", nullable: false),
                    password_hash = table.Column<string>(type: "TEXT", nullable: true),
                    security_stamp = table.Column<string>(type: "TEXT", nullable: true),
                    concurrency_stamp = table.Column<string>(type: "TEXT", nullable: true),
                    phone_number = table.Column<string>(type: "TEXT", nullable: true),
                    phone_number_confirmed = table.Column<bool>(type: "INTEGER", nullable: false),
                    two_factor_enabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    lockout_end = table.Column<long>(type: "INTEGER", nullable: true),
                    lockout_enabled = table.Column<bool>(type: "INTEGER", nullable: false),
                    access_failed_count = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_people", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "protection_keys",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    xml = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_protection_keys", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "queue_counts",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    queue = table.Column<int>(type: "INTEGER", nullable: false),
                    delta = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_queue_counts", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "search_documents",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    article_id = table.Column<long>(type: "INTEGER", nullable: false),
                    comment_id = table.Column<long>(type: "INTEGER", nullable: true),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    words = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_search_documents", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "search_pending",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    article_id = table.Column<long>(type: "INTEGER", nullable: false),
                    comment_id = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_search_pending", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "settings",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false),
                    json = table.Column<string>(type: "TEXT", nullable: false),
                    version = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_settings", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "sign_in_requests",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    email = table.Column<string>(type: "TEXT", nullable: false),
                    email_folded = table.Column<string>(type: "TEXT", nullable: false),
                    origin = table.Column<string>(type: "TEXT", nullable: false),
                    return_url = table.Column<string>(type: "TEXT", nullable: false),
                    asked_at = table.Column<long>(type: "INTEGER", nullable: false),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: false),
                    used_at = table.Column<long>(type: "INTEGER", nullable: true),
                    tries = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sign_in_requests", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "spent_challenges",
                columns: table => new
                {
                    hash = table.Column<string>(type: "TEXT", nullable: false),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_spent_challenges", x => x.hash);
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

            migrationBuilder.CreateTable(
                name: "subscriptions",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    email = table.Column<string>(type: "TEXT", nullable: false),
                    email_folded = table.Column<string>(type: "TEXT", nullable: false),
                    person_id = table.Column<long>(type: "INTEGER", nullable: true),
                    kind = table.Column<int>(type: "INTEGER", nullable: false),
                    article_id = table.Column<long>(type: "INTEGER", nullable: false),
                    frequency = table.Column<int>(type: "INTEGER", nullable: false),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    reason = table.Column<string>(type: "TEXT", nullable: true),
                    origin = table.Column<string>(type: "TEXT", nullable: false),
                    ask = table.Column<long>(type: "INTEGER", nullable: false),
                    asked_at = table.Column<long>(type: "INTEGER", nullable: false),
                    confirmed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_subscriptions", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "terms",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    taxonomy = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    slug = table.Column<string>(type: "TEXT", nullable: false),
                    description_html = table.Column<string>(type: "TEXT", nullable: false),
                    parent_id = table.Column<long>(type: "INTEGER", nullable: true),
                    articles = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_terms", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "application_passwords",
                columns: table => new
                {
                    uuid = table.Column<Guid>(type: "TEXT", nullable: false),
                    person_id = table.Column<long>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    hash = table.Column<string>(type: "TEXT", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    used_at = table.Column<long>(type: "INTEGER", nullable: true),
                    address = table.Column<string>(type: "TEXT", nullable: true),
                    has_both_steps = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_application_passwords", x => x.uuid);
                    table.ForeignKey(
                        name: "fk_application_passwords_asp_net_users_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "articles",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    kind = table.Column<int>(type: "INTEGER", nullable: false),
                    post_type = table.Column<string>(type: "TEXT", nullable: true),
                    status = table.Column<int>(type: "INTEGER", nullable: false),
                    title = table.Column<string>(type: "TEXT", nullable: false),
                    title_html = table.Column<string>(type: "TEXT", nullable: false),
                    title_text = table.Column<string>(type: "TEXT", nullable: false),
                    slug = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    path = table.Column<string>(type: "TEXT", nullable: true),
                    parent_id = table.Column<long>(type: "INTEGER", nullable: true),
                    menu_order = table.Column<int>(type: "INTEGER", nullable: false),
                    author_id = table.Column<long>(type: "INTEGER", nullable: true),
                    published_at = table.Column<long>(type: "INTEGER", nullable: true),
                    published_local = table.Column<DateTime>(type: "TEXT", nullable: true),
                    modified_at = table.Column<long>(type: "INTEGER", nullable: false),
                    password = table.Column<string>(type: "TEXT", nullable: true),
                    comments_open = table.Column<bool>(type: "INTEGER", nullable: false),
                    pings_open = table.Column<bool>(type: "INTEGER", nullable: false),
                    discussion = table.Column<string>(type: "TEXT", nullable: true),
                    is_sticky = table.Column<bool>(type: "INTEGER", nullable: false),
                    featured_image_id = table.Column<long>(type: "INTEGER", nullable: true),
                    post_format = table.Column<string>(type: "TEXT", nullable: true),
                    guid = table.Column<string>(type: "TEXT", nullable: false),
                    canonical = table.Column<string>(type: "TEXT", nullable: true),
                    body_format = table.Column<int>(type: "INTEGER", nullable: false),
                    excerpt = table.Column<string>(type: "TEXT", nullable: false),
                    summary = table.Column<string>(type: "TEXT", nullable: false),
                    body = table.Column<string>(type: "TEXT", nullable: false),
                    body_html = table.Column<string>(type: "TEXT", nullable: false),
                    changes = table.Column<string>(type: "TEXT", nullable: true),
                    body_version = table.Column<int>(type: "INTEGER", nullable: false),
                    credit_author = table.Column<string>(type: "TEXT", nullable: true),
                    credit_canonical_to_original = table.Column<bool>(type: "INTEGER", nullable: true),
                    credit_date = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    credit_excerpt_words = table.Column<int>(type: "INTEGER", nullable: true),
                    credit_format = table.Column<string>(type: "TEXT", nullable: true),
                    credit_original_url = table.Column<string>(type: "TEXT", nullable: true),
                    credit_outlet = table.Column<string>(type: "TEXT", nullable: true),
                    credit_retrieved = table.Column<long>(type: "INTEGER", nullable: true),
                    credit_terms = table.Column<int>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_articles", x => x.id);
                    table.ForeignKey(
                        name: "fk_articles_asp_net_users_author_id",
                        column: x => x.author_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateTable(
                name: "AspNetUserClaims",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    user_id = table.Column<long>(type: "INTEGER", nullable: false),
                    claim_type = table.Column<string>(type: "TEXT", nullable: true),
                    claim_value = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_asp_net_user_claims", x => x.id);
                    table.ForeignKey(
                        name: "fk_asp_net_user_claims_asp_net_users_user_id",
                        column: x => x.user_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "AspNetUserLogins",
                columns: table => new
                {
                    login_provider = table.Column<string>(type: "TEXT", nullable: false),
                    provider_key = table.Column<string>(type: "TEXT", nullable: false),
                    provider_display_name = table.Column<string>(type: "TEXT", nullable: true),
                    user_id = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_asp_net_user_logins", x => new { x.login_provider, x.provider_key });
                    table.ForeignKey(
                        name: "fk_asp_net_user_logins_asp_net_users_user_id",
                        column: x => x.user_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "AspNetUserTokens",
                columns: table => new
                {
                    user_id = table.Column<long>(type: "INTEGER", nullable: false),
                    login_provider = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    value = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_asp_net_user_tokens", x => new { x.user_id, x.login_provider, x.name });
                    table.ForeignKey(
                        name: "fk_asp_net_user_tokens_asp_net_users_user_id",
                        column: x => x.user_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "audit_entries",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    person_id = table.Column<long>(type: "INTEGER", nullable: true),
                    subject = table.Column<string>(type: "TEXT", nullable: false),
                    what = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_audit_entries", x => x.id);
                    table.ForeignKey(
                        name: "fk_audit_entries_asp_net_users_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateTable(
                name: "avatars",
                columns: table => new
                {
                    author_key = table.Column<string>(type: "TEXT", nullable: false),
                    picture = table.Column<byte[]>(type: "BLOB", nullable: true),
                    person_id = table.Column<long>(type: "INTEGER", nullable: true),
                    version = table.Column<int>(type: "INTEGER", nullable: false),
                    fetched_at = table.Column<long>(type: "INTEGER", nullable: false),
                    comment_id = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_avatars", x => x.author_key);
                    table.ForeignKey(
                        name: "fk_avatars_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id");
                });

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
                name: "bulk_runs",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    person_id = table.Column<long>(type: "INTEGER", nullable: true),
                    from = table.Column<int>(type: "INTEGER", nullable: false),
                    to = table.Column<int>(type: "INTEGER", nullable: false),
                    screens = table.Column<bool>(type: "INTEGER", nullable: false),
                    search = table.Column<string>(type: "TEXT", nullable: false),
                    total = table.Column<int>(type: "INTEGER", nullable: false),
                    done = table.Column<int>(type: "INTEGER", nullable: false),
                    changed = table.Column<int>(type: "INTEGER", nullable: false),
                    up_to = table.Column<long>(type: "INTEGER", nullable: false),
                    cursor = table.Column<long>(type: "INTEGER", nullable: false),
                    undoes = table.Column<long>(type: "INTEGER", nullable: true),
                    started_at = table.Column<long>(type: "INTEGER", nullable: false),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true),
                    is_stopped = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_bulk_runs", x => x.id);
                    table.ForeignKey(
                        name: "fk_bulk_runs_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateTable(
                name: "decisions",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    comment_id = table.Column<long>(type: "INTEGER", nullable: false),
                    person_id = table.Column<long>(type: "INTEGER", nullable: true),
                    from = table.Column<int>(type: "INTEGER", nullable: false),
                    to = table.Column<int>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    undoes = table.Column<long>(type: "INTEGER", nullable: true),
                    reason = table.Column<string>(type: "TEXT", nullable: false),
                    opinions = table.Column<string>(type: "TEXT", nullable: true),
                    run_id = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_decisions", x => x.id);
                    table.ForeignKey(
                        name: "fk_decisions_asp_net_users_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateTable(
                name: "desk_drafts",
                columns: table => new
                {
                    person_id = table.Column<long>(type: "INTEGER", nullable: false),
                    article_id = table.Column<long>(type: "INTEGER", nullable: false),
                    kind = table.Column<int>(type: "INTEGER", nullable: false),
                    since = table.Column<long>(type: "INTEGER", nullable: false),
                    seen_at = table.Column<long>(type: "INTEGER", nullable: false),
                    fields = table.Column<string>(type: "TEXT", nullable: true),
                    kept_at = table.Column<long>(type: "INTEGER", nullable: true),
                    taken_by_id = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_desk_drafts", x => new { x.person_id, x.kind, x.article_id });
                    table.ForeignKey(
                        name: "fk_desk_drafts_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_desk_drafts_people_taken_by_id",
                        column: x => x.taken_by_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateTable(
                name: "invitations",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    email = table.Column<string>(type: "TEXT", nullable: false),
                    email_folded = table.Column<string>(type: "TEXT", nullable: false),
                    role = table.Column<int>(type: "INTEGER", nullable: false),
                    invited_by = table.Column<long>(type: "INTEGER", nullable: true),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: false),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_invitations", x => x.id);
                    table.ForeignKey(
                        name: "fk_invitations_asp_net_users_invited_by",
                        column: x => x.invited_by,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateTable(
                name: "legal_notices",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    comment_id = table.Column<long>(type: "INTEGER", nullable: false),
                    comment_html = table.Column<string>(type: "TEXT", nullable: false),
                    law = table.Column<string>(type: "TEXT", nullable: false),
                    explanation = table.Column<string>(type: "TEXT", nullable: false),
                    more = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    email = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    is_by_law = table.Column<bool>(type: "INTEGER", nullable: true),
                    statement = table.Column<string>(type: "TEXT", nullable: false),
                    decided_at = table.Column<long>(type: "INTEGER", nullable: true),
                    decided_by_id = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_legal_notices", x => x.id);
                    table.ForeignKey(
                        name: "fk_legal_notices_people_decided_by_id",
                        column: x => x.decided_by_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateTable(
                name: "mutes",
                columns: table => new
                {
                    person_id = table.Column<long>(type: "INTEGER", nullable: false),
                    author_key = table.Column<string>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_mutes", x => new { x.person_id, x.author_key });
                    table.ForeignKey(
                        name: "fk_mutes_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "passkeys",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    person_id = table.Column<long>(type: "INTEGER", nullable: false),
                    name = table.Column<string>(type: "TEXT", nullable: false),
                    credential_id = table.Column<byte[]>(type: "BLOB", nullable: false),
                    public_key = table.Column<byte[]>(type: "BLOB", nullable: false),
                    created_at = table.Column<long>(type: "INTEGER", nullable: false),
                    used_at = table.Column<long>(type: "INTEGER", nullable: true),
                    sign_count = table.Column<long>(type: "INTEGER", nullable: false),
                    transports = table.Column<string>(type: "TEXT", nullable: false),
                    is_user_verified = table.Column<bool>(type: "INTEGER", nullable: false),
                    is_backup_eligible = table.Column<bool>(type: "INTEGER", nullable: false),
                    is_backed_up = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_passkeys", x => x.id);
                    table.ForeignKey(
                        name: "fk_passkeys_asp_net_users_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "recovery_codes",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    person_id = table.Column<long>(type: "INTEGER", nullable: false),
                    hash = table.Column<string>(type: "TEXT", nullable: false),
                    used_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_recovery_codes", x => x.id);
                    table.ForeignKey(
                        name: "fk_recovery_codes_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
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
                name: "sessions",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    person_id = table.Column<long>(type: "INTEGER", nullable: false),
                    hash = table.Column<string>(type: "TEXT", nullable: false),
                    began_at = table.Column<long>(type: "INTEGER", nullable: false),
                    seen_at = table.Column<long>(type: "INTEGER", nullable: false),
                    ended_at = table.Column<long>(type: "INTEGER", nullable: true),
                    way = table.Column<string>(type: "TEXT", nullable: false),
                    way_label = table.Column<string>(type: "TEXT", nullable: false),
                    has_both_steps = table.Column<bool>(type: "INTEGER", nullable: false),
                    user_agent = table.Column<string>(type: "TEXT", nullable: true),
                    address = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sessions", x => x.id);
                    table.ForeignKey(
                        name: "fk_sessions_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "staff_notes",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    person_id = table.Column<long>(type: "INTEGER", nullable: false),
                    words = table.Column<string>(type: "TEXT", nullable: false),
                    by_id = table.Column<long>(type: "INTEGER", nullable: true),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_staff_notes", x => x.id);
                    table.ForeignKey(
                        name: "fk_staff_notes_asp_net_users_by_id",
                        column: x => x.by_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "fk_staff_notes_asp_net_users_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "two_steps",
                columns: table => new
                {
                    person_id = table.Column<long>(type: "INTEGER", nullable: false),
                    secret = table.Column<string>(type: "TEXT", nullable: false),
                    on_at = table.Column<long>(type: "INTEGER", nullable: true),
                    last_step = table.Column<long>(type: "INTEGER", nullable: false),
                    tries = table.Column<int>(type: "INTEGER", nullable: false),
                    tries_since = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_two_steps", x => x.person_id);
                    table.ForeignKey(
                        name: "fk_two_steps_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "warnings",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    person_id = table.Column<long>(type: "INTEGER", nullable: false),
                    comment_id = table.Column<long>(type: "INTEGER", nullable: true),
                    words = table.Column<string>(type: "TEXT", nullable: false),
                    by_id = table.Column<long>(type: "INTEGER", nullable: true),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    read_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_warnings", x => x.id);
                    table.ForeignKey(
                        name: "fk_warnings_asp_net_users_by_id",
                        column: x => x.by_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                    table.ForeignKey(
                        name: "fk_warnings_asp_net_users_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "article_notes",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    article_id = table.Column<long>(type: "INTEGER", nullable: false),
                    by_id = table.Column<long>(type: "INTEGER", nullable: true),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    words = table.Column<string>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_article_notes", x => x.id);
                    table.ForeignKey(
                        name: "fk_article_notes_articles_article_id",
                        column: x => x.article_id,
                        principalTable: "articles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_article_notes_people_by_id",
                        column: x => x.by_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateTable(
                name: "article_terms",
                columns: table => new
                {
                    article_id = table.Column<long>(type: "INTEGER", nullable: false),
                    term_id = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_article_terms", x => new { x.article_id, x.term_id });
                    table.ForeignKey(
                        name: "fk_article_terms_articles_article_id",
                        column: x => x.article_id,
                        principalTable: "articles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_article_terms_terms_term_id",
                        column: x => x.term_id,
                        principalTable: "terms",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "comments",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    article_id = table.Column<long>(type: "INTEGER", nullable: false),
                    parent_id = table.Column<long>(type: "INTEGER", nullable: true),
                    kind = table.Column<int>(type: "INTEGER", nullable: false),
                    standing = table.Column<int>(type: "INTEGER", nullable: false),
                    person_id = table.Column<long>(type: "INTEGER", nullable: true),
                    author_name = table.Column<string>(type: "TEXT", nullable: false),
                    author_email = table.Column<string>(type: "TEXT", nullable: false),
                    email_folded = table.Column<string>(type: "TEXT", nullable: false),
                    author_url = table.Column<string>(type: "TEXT", nullable: false),
                    author_ip = table.Column<string>(type: "TEXT", nullable: false),
                    user_agent = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    at_local = table.Column<DateTime>(type: "TEXT", nullable: false),
                    number = table.Column<int>(type: "INTEGER", nullable: true),
                    reply = table.Column<int>(type: "INTEGER", nullable: false),
                    path = table.Column<string>(type: "TEXT", nullable: true),
                    depth = table.Column<int>(type: "INTEGER", nullable: false),
                    last_reply = table.Column<int>(type: "INTEGER", nullable: false),
                    shown_replies = table.Column<int>(type: "INTEGER", nullable: false),
                    replies_below = table.Column<int>(type: "INTEGER", nullable: false),
                    likes = table.Column<int>(type: "INTEGER", nullable: false),
                    person_likes = table.Column<int>(type: "INTEGER", nullable: false),
                    shown_at = table.Column<long>(type: "INTEGER", nullable: true),
                    edited_at = table.Column<long>(type: "INTEGER", nullable: true),
                    featured_at = table.Column<long>(type: "INTEGER", nullable: true),
                    shown_parent_id = table.Column<long>(type: "INTEGER", nullable: true),
                    imported_id = table.Column<long>(type: "INTEGER", nullable: true),
                    format = table.Column<int>(type: "INTEGER", nullable: false),
                    body = table.Column<string>(type: "TEXT", nullable: false),
                    body_hash = table.Column<long>(type: "INTEGER", nullable: false),
                    body_html = table.Column<string>(type: "TEXT", nullable: false),
                    body_version = table.Column<int>(type: "INTEGER", nullable: false),
                    screening = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_comments", x => x.id);
                    table.ForeignKey(
                        name: "fk_comments_articles_article_id",
                        column: x => x.article_id,
                        principalTable: "articles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "media",
                columns: table => new
                {
                    article_id = table.Column<long>(type: "INTEGER", nullable: false),
                    path = table.Column<string>(type: "TEXT", nullable: false),
                    mime_type = table.Column<string>(type: "TEXT", nullable: false),
                    alt = table.Column<string>(type: "TEXT", nullable: false),
                    caption = table.Column<string>(type: "TEXT", nullable: false),
                    width = table.Column<int>(type: "INTEGER", nullable: true),
                    height = table.Column<int>(type: "INTEGER", nullable: true),
                    bytes = table.Column<long>(type: "INTEGER", nullable: true),
                    source_url = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_media", x => x.article_id);
                    table.ForeignKey(
                        name: "fk_media_articles_article_id",
                        column: x => x.article_id,
                        principalTable: "articles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "old_addresses",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    article_id = table.Column<long>(type: "INTEGER", nullable: false),
                    slug = table.Column<string>(type: "TEXT", nullable: true),
                    date = table.Column<DateOnly>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_old_addresses", x => x.id);
                    table.ForeignKey(
                        name: "fk_old_addresses_articles_article_id",
                        column: x => x.article_id,
                        principalTable: "articles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "original_checks",
                columns: table => new
                {
                    article_id = table.Column<long>(type: "INTEGER", nullable: false),
                    url = table.Column<string>(type: "TEXT", nullable: false),
                    looks = table.Column<int>(type: "INTEGER", nullable: false),
                    next_at = table.Column<long>(type: "INTEGER", nullable: false),
                    looked_at = table.Column<long>(type: "INTEGER", nullable: true),
                    text = table.Column<string>(type: "TEXT", nullable: true),
                    finding = table.Column<int>(type: "INTEGER", nullable: false),
                    found_at = table.Column<long>(type: "INTEGER", nullable: true),
                    seen_at = table.Column<long>(type: "INTEGER", nullable: true),
                    likeness = table.Column<int>(type: "INTEGER", nullable: false)
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
                name: "preview_links",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    article_id = table.Column<long>(type: "INTEGER", nullable: false),
                    by_id = table.Column<long>(type: "INTEGER", nullable: true),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_preview_links", x => x.id);
                    table.ForeignKey(
                        name: "fk_preview_links_articles_article_id",
                        column: x => x.article_id,
                        principalTable: "articles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_preview_links_people_by_id",
                        column: x => x.by_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateTable(
                name: "revisions",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    article_id = table.Column<long>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    person_id = table.Column<long>(type: "INTEGER", nullable: true),
                    title = table.Column<string>(type: "TEXT", nullable: false),
                    body_format = table.Column<int>(type: "INTEGER", nullable: false),
                    body = table.Column<string>(type: "TEXT", nullable: false),
                    excerpt = table.Column<string>(type: "TEXT", nullable: false),
                    change = table.Column<int>(type: "INTEGER", nullable: false),
                    note = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_revisions", x => x.id);
                    table.ForeignKey(
                        name: "fk_revisions_articles_article_id",
                        column: x => x.article_id,
                        principalTable: "articles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "terms_overrides",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    article_id = table.Column<long>(type: "INTEGER", nullable: false),
                    person_id = table.Column<long>(type: "INTEGER", nullable: true),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    reason = table.Column<string>(type: "TEXT", nullable: false),
                    breach = table.Column<string>(type: "TEXT", nullable: false)
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
                name: "thread_counters",
                columns: table => new
                {
                    article_id = table.Column<long>(type: "INTEGER", nullable: false),
                    comments_shown = table.Column<int>(type: "INTEGER", nullable: false),
                    comments_top_level = table.Column<int>(type: "INTEGER", nullable: false),
                    pings_shown = table.Column<int>(type: "INTEGER", nullable: false),
                    last_number = table.Column<int>(type: "INTEGER", nullable: false),
                    likes = table.Column<int>(type: "INTEGER", nullable: false),
                    featured = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_thread_counters", x => x.article_id);
                    table.ForeignKey(
                        name: "fk_thread_counters_articles_article_id",
                        column: x => x.article_id,
                        principalTable: "articles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "visits",
                columns: table => new
                {
                    person_id = table.Column<long>(type: "INTEGER", nullable: false),
                    article_id = table.Column<long>(type: "INTEGER", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_visits", x => new { x.person_id, x.article_id });
                    table.ForeignKey(
                        name: "fk_visits_articles_article_id",
                        column: x => x.article_id,
                        principalTable: "articles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_visits_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "wire_items",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    outlet_id = table.Column<long>(type: "INTEGER", nullable: true),
                    key = table.Column<string>(type: "TEXT", nullable: false),
                    outlet_name = table.Column<string>(type: "TEXT", nullable: false),
                    title = table.Column<string>(type: "TEXT", nullable: false),
                    url = table.Column<string>(type: "TEXT", nullable: true),
                    author = table.Column<string>(type: "TEXT", nullable: true),
                    published_at = table.Column<long>(type: "INTEGER", nullable: false),
                    seen_at = table.Column<long>(type: "INTEGER", nullable: false),
                    changed_at = table.Column<long>(type: "INTEGER", nullable: true),
                    body = table.Column<string>(type: "TEXT", nullable: false),
                    full_body = table.Column<string>(type: "TEXT", nullable: true),
                    summary = table.Column<string>(type: "TEXT", nullable: false),
                    folded = table.Column<string>(type: "TEXT", nullable: false),
                    language = table.Column<string>(type: "TEXT", nullable: true),
                    picture = table.Column<string>(type: "TEXT", nullable: true),
                    source_name = table.Column<string>(type: "TEXT", nullable: true),
                    hash = table.Column<string>(type: "TEXT", nullable: false),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    snoozed_until = table.Column<long>(type: "INTEGER", nullable: true),
                    assigned_to = table.Column<long>(type: "INTEGER", nullable: true),
                    nominated_by = table.Column<long>(type: "INTEGER", nullable: true),
                    note = table.Column<string>(type: "TEXT", nullable: true),
                    article_id = table.Column<long>(type: "INTEGER", nullable: true),
                    group_id = table.Column<long>(type: "INTEGER", nullable: false),
                    band1 = table.Column<long>(type: "INTEGER", nullable: true),
                    band2 = table.Column<long>(type: "INTEGER", nullable: true),
                    band3 = table.Column<long>(type: "INTEGER", nullable: true),
                    band4 = table.Column<long>(type: "INTEGER", nullable: true),
                    first = table.Column<long>(type: "INTEGER", nullable: true),
                    second = table.Column<long>(type: "INTEGER", nullable: true),
                    headline = table.Column<long>(type: "INTEGER", nullable: false)
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

            migrationBuilder.CreateTable(
                name: "appeals",
                columns: table => new
                {
                    comment_id = table.Column<long>(type: "INTEGER", nullable: false),
                    words = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    state = table.Column<int>(type: "INTEGER", nullable: false),
                    decision_id = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_appeals", x => x.comment_id);
                    table.ForeignKey(
                        name: "fk_appeals_comments_comment_id",
                        column: x => x.comment_id,
                        principalTable: "comments",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_appeals_decisions_decision_id",
                        column: x => x.decision_id,
                        principalTable: "decisions",
                        principalColumn: "id");
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

            migrationBuilder.CreateTable(
                name: "comment_reports",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    comment_id = table.Column<long>(type: "INTEGER", nullable: false),
                    reason = table.Column<int>(type: "INTEGER", nullable: false),
                    note = table.Column<string>(type: "TEXT", nullable: false),
                    person_id = table.Column<long>(type: "INTEGER", nullable: true),
                    mark = table.Column<string>(type: "TEXT", nullable: true),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    wants_answer = table.Column<bool>(type: "INTEGER", nullable: false),
                    handled_at = table.Column<long>(type: "INTEGER", nullable: true),
                    decision_id = table.Column<long>(type: "INTEGER", nullable: true),
                    is_upheld = table.Column<bool>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_comment_reports", x => x.id);
                    table.ForeignKey(
                        name: "fk_comment_reports_comments_comment_id",
                        column: x => x.comment_id,
                        principalTable: "comments",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_comment_reports_decisions_decision_id",
                        column: x => x.decision_id,
                        principalTable: "decisions",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_comment_reports_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateTable(
                name: "comment_revisions",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    comment_id = table.Column<long>(type: "INTEGER", nullable: false),
                    body = table.Column<string>(type: "TEXT", nullable: false),
                    at = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_comment_revisions", x => x.id);
                    table.ForeignKey(
                        name: "fk_comment_revisions_comments_comment_id",
                        column: x => x.comment_id,
                        principalTable: "comments",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "likes",
                columns: table => new
                {
                    id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    article_id = table.Column<long>(type: "INTEGER", nullable: false),
                    comment_id = table.Column<long>(type: "INTEGER", nullable: true),
                    person_id = table.Column<long>(type: "INTEGER", nullable: true),
                    mark = table.Column<string>(type: "TEXT", nullable: true),
                    at = table.Column<long>(type: "INTEGER", nullable: false),
                    expires_at = table.Column<long>(type: "INTEGER", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_likes", x => x.id);
                    table.ForeignKey(
                        name: "fk_likes_articles_article_id",
                        column: x => x.article_id,
                        principalTable: "articles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_likes_comments_comment_id",
                        column: x => x.comment_id,
                        principalTable: "comments",
                        principalColumn: "id");
                    table.ForeignKey(
                        name: "fk_likes_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.SetNull);
                });

            migrationBuilder.CreateTable(
                name: "reported_comments",
                columns: table => new
                {
                    comment_id = table.Column<long>(type: "INTEGER", nullable: false),
                    weight = table.Column<int>(type: "INTEGER", nullable: false),
                    reports = table.Column<int>(type: "INTEGER", nullable: false),
                    since = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reported_comments", x => x.comment_id);
                    table.ForeignKey(
                        name: "fk_reported_comments_comments_comment_id",
                        column: x => x.comment_id,
                        principalTable: "comments",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_appeals_decision_id",
                table: "appeals",
                column: "decision_id",
                filter: "decision_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_appeals_state_at",
                table: "appeals",
                columns: new[] { "state", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_application_passwords_hash",
                table: "application_passwords",
                column: "hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_application_passwords_person_id_name",
                table: "application_passwords",
                columns: new[] { "person_id", "name" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_article_notes_article_id_id",
                table: "article_notes",
                columns: new[] { "article_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_article_notes_by_id",
                table: "article_notes",
                column: "by_id");

            migrationBuilder.CreateIndex(
                name: "ix_article_terms_term_id_article_id",
                table: "article_terms",
                columns: new[] { "term_id", "article_id" });

            migrationBuilder.CreateIndex(
                name: "ix_articles_author_id_kind_status_published_local",
                table: "articles",
                columns: new[] { "author_id", "kind", "status", "published_local" });

            migrationBuilder.CreateIndex(
                name: "ix_articles_kind_status_published_local_id",
                table: "articles",
                columns: new[] { "kind", "status", "published_local", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_articles_parent_id",
                table: "articles",
                column: "parent_id");

            migrationBuilder.CreateIndex(
                name: "ix_articles_path",
                table: "articles",
                column: "path",
                filter: "path IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_articles_slug_kind",
                table: "articles",
                columns: new[] { "slug", "kind" });

            migrationBuilder.CreateIndex(
                name: "ix_articles_status_published_at",
                table: "articles",
                columns: new[] { "status", "published_at" });

            migrationBuilder.CreateIndex(
                name: "ix_asp_net_user_claims_user_id",
                table: "AspNetUserClaims",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_asp_net_user_logins_user_id",
                table: "AspNetUserLogins",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_audit_entries_person_id_id",
                table: "audit_entries",
                columns: new[] { "person_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_audit_entries_subject_id",
                table: "audit_entries",
                columns: new[] { "subject", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_avatars_comment_id",
                table: "avatars",
                column: "comment_id");

            migrationBuilder.CreateIndex(
                name: "ix_avatars_person_id_version",
                table: "avatars",
                columns: new[] { "person_id", "version" },
                filter: "person_id IS NOT NULL");

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
                name: "ix_bulk_runs_person_id",
                table: "bulk_runs",
                column: "person_id");

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

            migrationBuilder.CreateIndex(
                name: "ix_comment_reports_comment_id_handled_at",
                table: "comment_reports",
                columns: new[] { "comment_id", "handled_at" });

            migrationBuilder.CreateIndex(
                name: "ix_comment_reports_comment_id_person_id",
                table: "comment_reports",
                columns: new[] { "comment_id", "person_id" },
                unique: true,
                filter: "person_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_comment_reports_decision_id",
                table: "comment_reports",
                column: "decision_id");

            migrationBuilder.CreateIndex(
                name: "ix_comment_reports_handled_at_at",
                table: "comment_reports",
                columns: new[] { "handled_at", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_comment_reports_mark",
                table: "comment_reports",
                column: "mark",
                unique: true,
                filter: "mark IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_comment_reports_person_id_is_upheld",
                table: "comment_reports",
                columns: new[] { "person_id", "is_upheld" },
                filter: "person_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_comment_revisions_comment_id_id",
                table: "comment_revisions",
                columns: new[] { "comment_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_comments_article_id_body_hash",
                table: "comments",
                columns: new[] { "article_id", "body_hash" });

            migrationBuilder.CreateIndex(
                name: "ix_comments_article_id_featured_at",
                table: "comments",
                columns: new[] { "article_id", "featured_at" },
                filter: "featured_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_comments_article_id_number_reply",
                table: "comments",
                columns: new[] { "article_id", "number", "reply" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_comments_article_id_person_likes_number",
                table: "comments",
                columns: new[] { "article_id", "person_likes", "number" },
                filter: "reply = 0 AND number IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_comments_article_id_replies_below_number",
                table: "comments",
                columns: new[] { "article_id", "replies_below", "number" },
                filter: "reply = 0 AND number IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_comments_article_id_shown_at",
                table: "comments",
                columns: new[] { "article_id", "shown_at" },
                filter: "shown_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_comments_article_id_standing_at",
                table: "comments",
                columns: new[] { "article_id", "standing", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_comments_author_ip_at",
                table: "comments",
                columns: new[] { "author_ip", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_comments_email_folded_at",
                table: "comments",
                columns: new[] { "email_folded", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_comments_parent_id",
                table: "comments",
                column: "parent_id",
                filter: "parent_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_comments_person_id_at",
                table: "comments",
                columns: new[] { "person_id", "at" },
                filter: "person_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_comments_standing_at",
                table: "comments",
                columns: new[] { "standing", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_decisions_at",
                table: "decisions",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_decisions_comment_id_id",
                table: "decisions",
                columns: new[] { "comment_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_decisions_person_id_id",
                table: "decisions",
                columns: new[] { "person_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_decisions_run_id_id",
                table: "decisions",
                columns: new[] { "run_id", "id" },
                filter: "run_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_decisions_undoes",
                table: "decisions",
                column: "undoes",
                filter: "undoes IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_desk_drafts_article_id_seen_at",
                table: "desk_drafts",
                columns: new[] { "article_id", "seen_at" });

            migrationBuilder.CreateIndex(
                name: "ix_desk_drafts_taken_by_id",
                table: "desk_drafts",
                column: "taken_by_id");

            migrationBuilder.CreateIndex(
                name: "ix_held_names_person_id",
                table: "held_names",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_import_runs_source_file_hash",
                table: "import_runs",
                columns: new[] { "source", "file_hash" });

            migrationBuilder.CreateIndex(
                name: "ix_invitations_email_folded",
                table: "invitations",
                column: "email_folded");

            migrationBuilder.CreateIndex(
                name: "ix_invitations_invited_by",
                table: "invitations",
                column: "invited_by");

            migrationBuilder.CreateIndex(
                name: "ix_kept_words_expires_at",
                table: "kept_words",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_learned_steps_decision_id",
                table: "learned_steps",
                column: "decision_id",
                filter: "decision_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_legal_notices_at",
                table: "legal_notices",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_legal_notices_decided_by_id",
                table: "legal_notices",
                column: "decided_by_id");

            migrationBuilder.CreateIndex(
                name: "ix_legal_notices_state_id",
                table: "legal_notices",
                columns: new[] { "state", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_likes_article",
                table: "likes",
                columns: new[] { "article_id", "person_id" },
                filter: "comment_id IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_likes_comment_id_person_id",
                table: "likes",
                columns: new[] { "comment_id", "person_id" },
                filter: "comment_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_likes_expires_at",
                table: "likes",
                column: "expires_at",
                filter: "expires_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_likes_mark",
                table: "likes",
                column: "mark",
                unique: true,
                filter: "mark IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_likes_person_article",
                table: "likes",
                columns: new[] { "person_id", "article_id" },
                unique: true,
                filter: "comment_id IS NULL AND person_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_likes_person_comment",
                table: "likes",
                columns: new[] { "person_id", "article_id", "comment_id" },
                unique: true,
                filter: "comment_id IS NOT NULL AND person_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_mails_article_id_email_folded",
                table: "mails",
                columns: new[] { "article_id", "email_folded" },
                unique: true,
                filter: "article_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_mails_comment_id_email_folded",
                table: "mails",
                columns: new[] { "comment_id", "email_folded" },
                unique: true,
                filter: "comment_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_mails_digest_id",
                table: "mails",
                column: "digest_id",
                filter: "digest_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_mails_done_at",
                table: "mails",
                column: "done_at",
                filter: "done_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_mails_email_folded_created_at",
                table: "mails",
                columns: new[] { "email_folded", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_mails_state_due_at",
                table: "mails",
                columns: new[] { "state", "due_at" });

            migrationBuilder.CreateIndex(
                name: "ix_mapped_ids_kind_new_id",
                table: "mapped_ids",
                columns: new[] { "kind", "new_id" });

            migrationBuilder.CreateIndex(
                name: "ix_media_path",
                table: "media",
                column: "path");

            migrationBuilder.CreateIndex(
                name: "ix_meta_owner_owner_id_key",
                table: "meta",
                columns: new[] { "owner", "owner_id", "key" });

            migrationBuilder.CreateIndex(
                name: "ix_missed_addresses_last_at",
                table: "missed_addresses",
                column: "last_at");

            migrationBuilder.CreateIndex(
                name: "ix_name_changes_person_id_at",
                table: "name_changes",
                columns: new[] { "person_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_old_addresses_article_id",
                table: "old_addresses",
                column: "article_id");

            migrationBuilder.CreateIndex(
                name: "ix_old_addresses_slug",
                table: "old_addresses",
                column: "slug");

            migrationBuilder.CreateIndex(
                name: "ix_original_checks_finding_seen_at",
                table: "original_checks",
                columns: new[] { "finding", "seen_at" });

            migrationBuilder.CreateIndex(
                name: "ix_original_checks_next_at",
                table: "original_checks",
                column: "next_at");

            migrationBuilder.CreateIndex(
                name: "ix_outbox_parked_due_at",
                table: "outbox",
                columns: new[] { "parked", "due_at" });

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
                name: "ix_passkeys_credential_id",
                table: "passkeys",
                column: "credential_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_passkeys_person_id",
                table: "passkeys",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "EmailIndex",
                table: "people",
                column: "normalized_email");

            migrationBuilder.CreateIndex(
                name: "ix_people_leaves_at",
                table: "people",
                column: "leaves_at",
                filter: "leaves_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_people_slug",
                table: "people",
                column: "slug",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "UserNameIndex",
                table: "people",
                column: "normalized_user_name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_preview_links_article_id",
                table: "preview_links",
                column: "article_id");

            migrationBuilder.CreateIndex(
                name: "ix_preview_links_by_id",
                table: "preview_links",
                column: "by_id");

            migrationBuilder.CreateIndex(
                name: "ix_protection_keys_name",
                table: "protection_keys",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_recovery_codes_person_id_hash",
                table: "recovery_codes",
                columns: new[] { "person_id", "hash" },
                unique: true);

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
                name: "ix_reported_comments_weight_comment_id",
                table: "reported_comments",
                columns: new[] { "weight", "comment_id" });

            migrationBuilder.CreateIndex(
                name: "ix_revisions_article_id_id",
                table: "revisions",
                columns: new[] { "article_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_search_documents_article_id",
                table: "search_documents",
                column: "article_id",
                unique: true,
                filter: "comment_id IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_search_documents_comment_id",
                table: "search_documents",
                column: "comment_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_sessions_person_id_seen_at",
                table: "sessions",
                columns: new[] { "person_id", "seen_at" });

            migrationBuilder.CreateIndex(
                name: "ix_sessions_seen_at",
                table: "sessions",
                column: "seen_at");

            migrationBuilder.CreateIndex(
                name: "ix_sign_in_requests_email_folded_asked_at",
                table: "sign_in_requests",
                columns: new[] { "email_folded", "asked_at" });

            migrationBuilder.CreateIndex(
                name: "ix_sign_in_requests_expires_at",
                table: "sign_in_requests",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_spent_challenges_expires_at",
                table: "spent_challenges",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_staff_notes_by_id",
                table: "staff_notes",
                column: "by_id");

            migrationBuilder.CreateIndex(
                name: "ix_staff_notes_person_id_id",
                table: "staff_notes",
                columns: new[] { "person_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_stats_article_id_kind_day",
                table: "stats",
                columns: new[] { "article_id", "kind", "day" });

            migrationBuilder.CreateIndex(
                name: "ix_subscriptions_article_id_state_kind_id",
                table: "subscriptions",
                columns: new[] { "article_id", "state", "kind", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_subscriptions_ask",
                table: "subscriptions",
                column: "ask");

            migrationBuilder.CreateIndex(
                name: "ix_subscriptions_email_folded_kind_article_id",
                table: "subscriptions",
                columns: new[] { "email_folded", "kind", "article_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_subscriptions_state_asked_at",
                table: "subscriptions",
                columns: new[] { "state", "asked_at" });

            migrationBuilder.CreateIndex(
                name: "ix_terms_taxonomy_slug",
                table: "terms",
                columns: new[] { "taxonomy", "slug" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_terms_overrides_article_id",
                table: "terms_overrides",
                column: "article_id");

            migrationBuilder.CreateIndex(
                name: "ix_terms_overrides_person_id",
                table: "terms_overrides",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_visits_article_id",
                table: "visits",
                column: "article_id");

            migrationBuilder.CreateIndex(
                name: "ix_warnings_by_id",
                table: "warnings",
                column: "by_id");

            migrationBuilder.CreateIndex(
                name: "ix_warnings_person_id_read_at",
                table: "warnings",
                columns: new[] { "person_id", "read_at" });

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
                name: "appeals");

            migrationBuilder.DropTable(
                name: "application_passwords");

            migrationBuilder.DropTable(
                name: "article_notes");

            migrationBuilder.DropTable(
                name: "article_terms");

            migrationBuilder.DropTable(
                name: "AspNetUserClaims");

            migrationBuilder.DropTable(
                name: "AspNetUserLogins");

            migrationBuilder.DropTable(
                name: "AspNetUserTokens");

            migrationBuilder.DropTable(
                name: "audit_entries");

            migrationBuilder.DropTable(
                name: "avatars");

            migrationBuilder.DropTable(
                name: "bans");

            migrationBuilder.DropTable(
                name: "bulk_runs");

            migrationBuilder.DropTable(
                name: "comment_prints");

            migrationBuilder.DropTable(
                name: "comment_reports");

            migrationBuilder.DropTable(
                name: "comment_revisions");

            migrationBuilder.DropTable(
                name: "desk_drafts");

            migrationBuilder.DropTable(
                name: "evictions");

            migrationBuilder.DropTable(
                name: "held_names");

            migrationBuilder.DropTable(
                name: "import_runs");

            migrationBuilder.DropTable(
                name: "invitations");

            migrationBuilder.DropTable(
                name: "kept_words");

            migrationBuilder.DropTable(
                name: "learned_steps");

            migrationBuilder.DropTable(
                name: "legal_notices");

            migrationBuilder.DropTable(
                name: "likes");

            migrationBuilder.DropTable(
                name: "mails");

            migrationBuilder.DropTable(
                name: "mapped_ids");

            migrationBuilder.DropTable(
                name: "mastodon_servers");

            migrationBuilder.DropTable(
                name: "media");

            migrationBuilder.DropTable(
                name: "meta");

            migrationBuilder.DropTable(
                name: "missed_addresses");

            migrationBuilder.DropTable(
                name: "moderation_days");

            migrationBuilder.DropTable(
                name: "mutes");

            migrationBuilder.DropTable(
                name: "name_changes");

            migrationBuilder.DropTable(
                name: "old_addresses");

            migrationBuilder.DropTable(
                name: "one_time_links");

            migrationBuilder.DropTable(
                name: "original_checks");

            migrationBuilder.DropTable(
                name: "outbox");

            migrationBuilder.DropTable(
                name: "passkeys");

            migrationBuilder.DropTable(
                name: "preview_links");

            migrationBuilder.DropTable(
                name: "protection_keys");

            migrationBuilder.DropTable(
                name: "queue_counts");

            migrationBuilder.DropTable(
                name: "recovery_codes");

            migrationBuilder.DropTable(
                name: "redirections");

            migrationBuilder.DropTable(
                name: "reported_comments");

            migrationBuilder.DropTable(
                name: "revisions");

            migrationBuilder.DropTable(
                name: "search_documents");

            migrationBuilder.DropTable(
                name: "search_pending");

            migrationBuilder.DropTable(
                name: "sessions");

            migrationBuilder.DropTable(
                name: "settings");

            migrationBuilder.DropTable(
                name: "sign_in_requests");

            migrationBuilder.DropTable(
                name: "spent_challenges");

            migrationBuilder.DropTable(
                name: "staff_notes");

            migrationBuilder.DropTable(
                name: "stats");

            migrationBuilder.DropTable(
                name: "subscriptions");

            migrationBuilder.DropTable(
                name: "terms_overrides");

            migrationBuilder.DropTable(
                name: "thread_counters");

            migrationBuilder.DropTable(
                name: "two_steps");

            migrationBuilder.DropTable(
                name: "visits");

            migrationBuilder.DropTable(
                name: "warnings");

            migrationBuilder.DropTable(
                name: "wire_items");

            migrationBuilder.DropTable(
                name: "terms");

            migrationBuilder.DropTable(
                name: "decisions");

            migrationBuilder.DropTable(
                name: "comments");

            migrationBuilder.DropTable(
                name: "outlets");

            migrationBuilder.DropTable(
                name: "articles");

            migrationBuilder.DropTable(
                name: "people");
        }
    }
}
