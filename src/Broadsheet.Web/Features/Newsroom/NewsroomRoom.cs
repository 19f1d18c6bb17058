using Broadsheet.Core.People;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Features.Newsroom.Appearance;
using Broadsheet.Web.Features.Newsroom.Corrections;
using Broadsheet.Web.Features.Newsroom.Menu;
using Broadsheet.Web.Features.Newsroom.People;
using Broadsheet.Web.Features.Newsroom.Redirects;
using Broadsheet.Web.Features.Newsroom.Running;
using Broadsheet.Web.Features.Newsroom.Terms;
using Broadsheet.Web.Features.Newsroom.Uploads;
using Broadsheet.Web.Jobs;
using Broadsheet.Web.Mail;
using Broadsheet.Web.Reads;
using Broadsheet.Web.Reads.Desk;

namespace Broadsheet.Web.Features.Newsroom;

/// <summary>Where articles, pages and media are made, and the publication is set.</summary>
internal static class NewsroomRoom
{
    public static IServiceCollection AddNewsroom(this IServiceCollection services) => services
        .AddSingleton<ShowFrontDesk>().AddSingleton<ListArticles>().AddSingleton<EditArticle>().AddSingleton<EditorPages>().AddSingleton<SaveArticle>().AddSingleton<TrashArticle>().AddSingleton<BreakingStory>().AddSingleton<ShowRevisions>()
        .AddSingleton<FindTitles>().AddSingleton<KeepDraft>().AddSingleton<IRecurring, ForgetDrafts>().AddSingleton<BulkArticles>().AddSingleton<PrivatePreviews>().AddSingleton<PreviewTokens>().AddSingleton<ArticleNotes>().AddSingleton<IWriteLetters, WriteNoteLetter>()
        .AddSingleton<AddUpload>().AddSingleton<ListMedia>().AddSingleton<ShowMedia>().AddSingleton<TakeUploads>().AddSingleton<TakePieces>().AddSingleton<ReplaceFile>().AddSingleton<TrashMedium>().AddSingleton<IJob, RenderUsersOfMedium>().AddSingleton<IJob, RemoveFile>().AddSingleton<IRecurring, ForgetFiles>().AddSingleton<ChangeSettings>().AddSingleton<ShowPeople>().AddSingleton<ChangePeople>().AddSingleton<IWriteLetters, WriteInvitationLetter>().AddSingleton<IRecurring, PublishScheduled>()
        .AddSingleton<ShowRedirects>().AddSingleton<ChangeRedirects>().AddSingleton<IRecurring, WriteMissed>().AddSingleton<ShowTerms>().AddSingleton<ChangeTerms>()
        .AddSingleton<ShowRunning>().AddSingleton<TendRunning>().AddSingleton<ShowAudit>().AddSingleton<ChangeMenu>().AddSingleton<StandingAddresses>().AddSingleton<ChangeAppearance>()
        .AddSingleton<ShowCorrections>().AddSingleton<AnswerCorrection>().AddSingleton<IWriteLetters, WriteCorrectionLetter>().AddSingleton<IRecurring, ForgetAskers>();

    public static void Map(IEndpointRouteBuilder routes)
    {
        ShowFrontDesk.Map(routes.MapDesk("/newsroom", null));
        foreach (var (kind, prefix, needs) in new[] { (ArticleKind.Article, "/newsroom/articles", Permission.WriteDrafts), (ArticleKind.Page, "/newsroom/pages", Permission.EditAny) })
        {
            var room = routes.MapDesk(prefix, needs);
            ListArticles.Map(room, kind);
            EditArticle.Map(room, kind);
            SaveArticle.Map(room, kind);
            TrashArticle.Map(room, kind);
            BreakingStory.Map(room, kind);
            ShowRevisions.Map(room, kind);
            KeepDraft.Map(room, kind);
            BulkArticles.Map(room, kind);
            PrivatePreviews.Map(room, kind);
            ArticleNotes.Map(room, kind);
        }
        var corrections = routes.MapDesk(ShowCorrections.Page.TrimEnd('/'), Permission.WriteDrafts);
        ShowCorrections.Map(corrections);
        AnswerCorrection.Map(corrections);
        PreviewArticle.Map(routes.MapDesk("/newsroom/preview", Permission.WriteDrafts));
        PrivatePreviews.MapPublic(routes);
        FindTitles.Map(routes.MapDesk("/newsroom/articles", Permission.WriteDrafts));
        var media = routes.MapDesk("/newsroom/media", Permission.UploadMedia);
        ListMedia.Map(media);
        TakeUploads.Map(media);
        TakePieces.Map(media);
        ShowMedia.Map(media);
        ReplaceFile.Map(media);
        TrashMedium.Map(media);
        var people = routes.MapDesk("/newsroom/people", Permission.ManagePeople);
        ShowPeople.Map(people);
        ChangePeople.Map(people);
        foreach (var kind in new[] { TermKind.Categories, TermKind.Tags })
        {
            var terms = routes.MapDesk(kind.Page.TrimEnd('/'), Permission.ManageTerms);
            ShowTerms.Map(terms, kind);
            ChangeTerms.Map(terms, kind);
        }
        var redirects = routes.MapDesk("/newsroom/redirects", Permission.EditAny);
        ShowRedirects.Map(redirects);
        ChangeRedirects.Map(redirects);
        var running = routes.MapDesk("/newsroom/running", Permission.ChangeSettings);
        ShowRunning.Map(running);
        TendRunning.Map(running);
        ShowAudit.Map(running);
        ChangeAppearance.Map(routes.MapDesk(ChangeAppearance.Page.TrimEnd('/'), Permission.ChangeSettings));
        ChangeMenu.Map(routes.MapDesk("/newsroom/menu", Permission.ChangeSettings));
        ChangeSettings.Map(routes.MapDesk("/newsroom/settings", Permission.ChangeSettings));
    }
}
