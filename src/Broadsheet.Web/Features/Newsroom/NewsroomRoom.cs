using Broadsheet.Core.People;
using Broadsheet.Core.Publishing;
using Broadsheet.Web.Features.Newsroom.People;
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
        .AddSingleton<ShowFrontDesk>().AddSingleton<ListArticles>().AddSingleton<EditArticle>().AddSingleton<FindTitles>().AddSingleton<KeepDraft>().AddSingleton<BulkArticles>().AddSingleton<PrivatePreviews>().AddSingleton<PreviewTokens>().AddSingleton<ArticleNotes>().AddSingleton<IWriteLetters, WriteNoteLetter>().AddSingleton<IRecurring, ForgetDrafts>().AddSingleton<EditorPages>().AddSingleton<SaveArticle>().AddSingleton<TrashArticle>().AddSingleton<BreakingStory>().AddSingleton<ShowRevisions>()
        .AddSingleton<AddUpload>().AddSingleton<ShowMedia>().AddSingleton<ChangeSettings>().AddSingleton<ShowPeople>().AddSingleton<ChangePeople>().AddSingleton<IWriteLetters, WriteInvitationLetter>().AddSingleton<IRecurring, PublishScheduled>();

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
        PreviewArticle.Map(routes.MapDesk("/newsroom/preview", Permission.WriteDrafts));
        PrivatePreviews.MapPublic(routes);
        FindTitles.Map(routes.MapDesk("/newsroom/articles", Permission.WriteDrafts));
        ShowMedia.Map(routes.MapDesk("/newsroom/media", Permission.UploadMedia));
        var people = routes.MapDesk("/newsroom/people", Permission.ManagePeople);
        ShowPeople.Map(people);
        ChangePeople.Map(people);
        ChangeSettings.Map(routes.MapDesk("/newsroom/settings", Permission.ChangeSettings));
    }
}
