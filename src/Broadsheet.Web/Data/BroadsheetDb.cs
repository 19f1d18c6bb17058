using Broadsheet.Core.Discussion;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Data.Records;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Broadsheet.Web.Data;

/// <summary>The one model. Two thin contexts fit it to SQLite and PostgreSQL; what differs beyond types is in <see cref="IDatabaseEngine"/>.</summary>
internal abstract class BroadsheetDb(DbContextOptions options) : IdentityUserContext<Person, long>(options)
{
    public DbSet<Article> Articles => Set<Article>();
    public DbSet<ThreadCounters> ThreadCounters => Set<ThreadCounters>();
    public DbSet<Revision> Revisions => Set<Revision>();
    public DbSet<PreviewLink> PreviewLinks => Set<PreviewLink>();
    public DbSet<ArticleNote> ArticleNotes => Set<ArticleNote>();
    public DbSet<CorrectionRequest> CorrectionRequests => Set<CorrectionRequest>();
    public DbSet<DeskDraft> DeskDrafts => Set<DeskDraft>();
    public DbSet<OldAddress> OldAddresses => Set<OldAddress>();
    public DbSet<Media> Media => Set<Media>();
    public DbSet<MediaUse> MediaUses => Set<MediaUse>();
    public DbSet<ReplacedFile> ReplacedFiles => Set<ReplacedFile>();
    public DbSet<UnfinishedUpload> UnfinishedUploads => Set<UnfinishedUpload>();
    public DbSet<Term> Terms => Set<Term>();
    public DbSet<ArticleTerm> ArticleTerms => Set<ArticleTerm>();
    public DbSet<Comment> Comments => Set<Comment>();
    public DbSet<Meta> Meta => Set<Meta>();
    public DbSet<MappedId> MappedIds => Set<MappedId>();
    public DbSet<ImportRun> ImportRuns => Set<ImportRun>();
    public DbSet<SettingsRow> Settings => Set<SettingsRow>();
    public DbSet<OutboxRow> Outbox => Set<OutboxRow>();
    public DbSet<Eviction> Evictions => Set<Eviction>();
    public DbSet<OneTimeLink> OneTimeLinks => Set<OneTimeLink>();
    public DbSet<ProtectionKey> ProtectionKeys => Set<ProtectionKey>();
    public DbSet<SearchDocument> SearchDocuments => Set<SearchDocument>();
    public DbSet<SearchPending> SearchPending => Set<SearchPending>();
    public DbSet<Decision> Decisions => Set<Decision>();
    public DbSet<QueueCount> QueueCounts => Set<QueueCount>();
    public DbSet<ReportedComment> ReportedComments => Set<ReportedComment>();
    public DbSet<Appeal> Appeals => Set<Appeal>();
    public DbSet<LegalNotice> LegalNotices => Set<LegalNotice>();
    public DbSet<ModerationDay> ModerationDays => Set<ModerationDay>();
    public DbSet<Warning> Warnings => Set<Warning>();
    public DbSet<StaffNote> StaffNotes => Set<StaffNote>();
    public DbSet<LearnedStep> LearnedSteps => Set<LearnedStep>();
    public DbSet<BulkRun> BulkRuns => Set<BulkRun>();
    public DbSet<Like> Likes => Set<Like>();
    public DbSet<CommentReport> CommentReports => Set<CommentReport>();
    public DbSet<Mute> Mutes => Set<Mute>();
    public DbSet<Visit> Visits => Set<Visit>();
    public DbSet<Avatar> Avatars => Set<Avatar>();
    public DbSet<CommentRevision> CommentRevisions => Set<CommentRevision>();
    public DbSet<Subscription> Subscriptions => Set<Subscription>();
    public DbSet<QueuedMail> Mails => Set<QueuedMail>();
    public DbSet<Invitation> Invitations => Set<Invitation>();
    public DbSet<MastodonServer> MastodonServers => Set<MastodonServer>();
    public DbSet<HeldName> HeldNames => Set<HeldName>();
    public DbSet<NameChange> NameChanges => Set<NameChange>();
    public DbSet<SignInRequest> SignInRequests => Set<SignInRequest>();
    public DbSet<KeptReply> KeptReplies => Set<KeptReply>();
    public DbSet<Session> Sessions => Set<Session>();
    public DbSet<Passkey> Passkeys => Set<Passkey>();
    public DbSet<SpentChallenge> SpentChallenges => Set<SpentChallenge>();
    public DbSet<TwoSteps> TwoSteps => Set<TwoSteps>();
    public DbSet<RecoveryCode> RecoveryCodes => Set<RecoveryCode>();
    public DbSet<ApplicationPassword> ApplicationPasswords => Set<ApplicationPassword>();
    public DbSet<Ban> Bans => Set<Ban>();
    public DbSet<CommentPrint> CommentPrints => Set<CommentPrint>();
    public DbSet<StatRow> Stats => Set<StatRow>();
    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();
    public DbSet<Redirection> Redirections => Set<Redirection>();
    public DbSet<MissedAddress> MissedAddresses => Set<MissedAddress>();
    public DbSet<Outlet> Outlets => Set<Outlet>();
    public DbSet<WireItem> WireItems => Set<WireItem>();
    public DbSet<TermsOverride> TermsOverrides => Set<TermsOverride>();
    public DbSet<OriginalCheck> OriginalChecks => Set<OriginalCheck>();

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(BroadsheetDb).Assembly);
    }
}
