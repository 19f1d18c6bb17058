using Broadsheet.Core.Transfer.WordPress;

namespace Broadsheet.Core.Tests.Transfer.WordPress;

public sealed class MetaTests
{
    private static WxrMeta Meta(string key, string value) => new(1, key, value);

    [Fact]
    public void The_file_of_an_attachment_is_read_with_its_sizes()
    {
        var meta = AttachmentMeta.Read([
            Meta("_wp_attached_file", "2020/02/tide.jpg"),
            Meta("_wp_attachment_image_alt", "Mud at low tide "),
            Meta("_wp_attachment_metadata", "a:4:{s:5:\"width\";i:900;s:6:\"height\";s:3:\"294\";s:4:\"file\";s:16:\"2020/02/tide.jpg\";s:5:\"sizes\";a:2:{s:9:\"thumbnail\";a:4:{s:4:\"file\";s:16:\"tide-150x150.jpg\";s:5:\"width\";i:150;s:6:\"height\";i:150;s:9:\"mime-type\";s:10:\"image/jpeg\";}s:3:\"odd\";s:1:\"x\";}}"),
        ]);
        Assert.Equal(("2020/02/tide.jpg", 900, 294, "Mud at low tide"), (meta.File, meta.Width, meta.Height, meta.AltText));
        Assert.Equal(new ImageSize("thumbnail", "tide-150x150.jpg", 150, 150, "image/jpeg"), Assert.Single(meta.Sizes));
    }

    [Fact]
    public void Damaged_metadata_is_as_if_absent()
    {
        var meta = AttachmentMeta.Read([Meta("_wp_attachment_metadata", "a:1:{s:5:\"width\";i:-9;}"), Meta("_wp_attached_file", "a.pdf")]);
        Assert.Equal(("a.pdf", null, null), (meta.File, meta.Width, meta.Height));
    }

    [Fact]
    public void What_akismet_and_moderators_decided_is_read()
    {
        var meta = ModerationMeta.Read([
            Meta("akismet_result", "false"),
            Meta("akismet_user_result", "true"),
            Meta("akismet_user", "mara"),
            Meta("akismet_history", "a:4:{s:4:\"time\";d:1359205350.4377;s:7:\"message\";s:4:\"Told\";s:5:\"event\";s:9:\"check-ham\";s:4:\"user\";s:0:\"\";}"),
            Meta("akismet_history", "a:3:{s:4:\"time\";i:1359205351;s:5:\"event\";s:15:\"status-approved\";s:4:\"user\";s:4:\"mara\";}"),
            Meta("akismet_history", "damaged"),
            Meta("_wp_trash_meta_status", "1"),
            Meta("_wp_trash_meta_time", "1528737187"),
        ]);
        Assert.Equal((false, true, "mara", "1"), (meta.AkismetSpam, meta.UserSpam, meta.User, meta.StatusBeforeTrash));
        Assert.Equal(DateTimeOffset.FromUnixTimeSeconds(1528737187), meta.Trashed);
        Assert.Equal(
            [new AkismetEvent(DateTimeOffset.FromUnixTimeMilliseconds(1359205350437), "check-ham", "Told", ""), new AkismetEvent(DateTimeOffset.FromUnixTimeSeconds(1359205351), "status-approved", "", "mara")],
            meta.History);
    }

    [Fact]
    public void Real_meta_is_read()
    {
        WxrSamples.RequireFolder();
        var (images, histories, unread) = (0, 0, new List<string>());
        foreach (var row in WxrSamples.Rows.Where(r => r.Fault is null))
        {
            using var stream = row.Open();
            using var reader = new WxrReader(stream);
            foreach (var meta in reader.Records().SelectMany(r => r switch { WxrItem i => i.Meta, WxrComment c => c.Meta, _ => [] }))
            {
                if (meta.Key is not ("_wp_attachment_metadata" or "akismet_history")) continue;
                if (meta.Key == "akismet_history") histories += ModerationMeta.Read([meta]).History.Count;
                else if (AttachmentMeta.Read([meta]).Width is not null) images++;
                if (PhpSerialized.Read(meta.Value.Trim()) is null) unread.Add($"{row.File}:{meta.Line}: {meta.Value}");
            }
        }

        TestContext.Current.SendDiagnosticMessage("images {0}, histories {1}, unread {2}", images, histories, string.Join('\n', unread));
        Assert.True(images > 100, $"{images} images");
        Assert.True(histories > 100, $"{histories} histories");
        Assert.Empty(unread);
    }

    [Theory]
    [InlineData("_thumbnail_id", true, false)]
    [InlineData("akismet_result", false, true)]
    [InlineData("_wp_trash_meta_time", true, true)]
    [InlineData("hc_avatar", false, true)]
    [InlineData("_edit_lock", false, false)]
    public void Meta_worth_keeping_is_known(string key, bool ofItem, bool ofComment) =>
        Assert.Equal((ofItem, ofComment), (KeptMeta.OfItem(key), KeptMeta.OfComment(key)));
}
