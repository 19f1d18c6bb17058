using System.Diagnostics;
using System.Globalization;
using System.Text;
using Broadsheet.Core.Transfer.WordPress;

namespace Broadsheet.Core.Tests.Transfer.WordPress;

/// <summary>Memory does not grow with the file. Alone, since what other tests hold would be measured too.</summary>
[Collection(nameof(WxrMemoryTests))]
[CollectionDefinition(nameof(WxrMemoryTests), DisableParallelization = true)]
public sealed class WxrMemoryTests
{
    private const int Comments = 300_000;

    [Fact]
    public void An_item_with_300_000_comments_is_never_held()
    {
        using var stream = new GeneratedExport(Comments);
        using var reader = new WxrReader(stream);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var (seen, most) = (0L, 0L);
        var watch = Stopwatch.StartNew();
        while (reader.Read(out var record))
        {
            if (record is not WxrComment) continue;
            if (++seen % 60_000 == 0) most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
        }

        var seconds = watch.Elapsed.TotalSeconds;
        TestContext.Current.SendDiagnosticMessage("{0}", string.Create(CultureInfo.InvariantCulture,
            $"{seen / seconds:F0} comments/s, {reader.BytesRead / seconds / 1e6:F1} MB/s, {most / 1024} KiB held"));
        Assert.Equal(Comments, seen);
        Assert.True(reader.BytesRead > 200_000_000);
        Assert.InRange(most, 0, 2 * 1024 * 1024);
    }

    [Fact]
    public void A_survey_keeps_a_fraction_of_a_byte_a_comment()
    {
        using var stream = new GeneratedExport(Comments);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var survey = WxrSurvey.Take(stream);
        var held = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.Equal((Comments, 1L), (survey.Comments, survey.Posts));
        // It may have fallen: what earlier tests left is collected meanwhile.
        Assert.True(held < 1024 * 1024, $"{held} bytes were held.");
        GC.KeepAlive(survey);
    }

    [Fact]
    public void A_large_body_is_read_whole()
    {
        var body = new string('m', 20_000_000);
        Assert.Equal(body.Length, Assert.Single(WxrFiles.Read(WxrFiles.Item($"<content:encoded><![CDATA[{body}]]></content:encoded>")).OfType<WxrItem>()).Content.Length);
    }

    /// <summary>An export that is written while it is read: one item, each comment 400 characters with a link.</summary>
    private sealed class GeneratedExport(int comments) : Stream
    {
        private static readonly string Words = string.Concat(Enumerable.Repeat("The tide <a href=\"https://tide.example/\">turns</a> &amp; the gulls know it. ", 6))[..400];
        private readonly MemoryStream _pending = new();
        private int _next;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (_pending.Position == _pending.Length && _next <= comments + 1) Generate();
            return _pending.Read(buffer, offset, count);
        }

        private void Generate()
        {
            _pending.SetLength(0);
            if (_next == 0) Write(WxrFiles.Start + "<item><wp:post_id>1</wp:post_id><wp:post_type>post</wp:post_type>");
            else if (_next == comments + 1) Write("</item>" + WxrFiles.End);
            else Write(Comment(_next));
            _pending.Position = 0;
            _next++;
        }

        private static string Comment(int id) => string.Create(CultureInfo.InvariantCulture, $"""
            <wp:comment>
            <wp:comment_id>{id}</wp:comment_id>
            <wp:comment_author><![CDATA[Reader {id}]]></wp:comment_author>
            <wp:comment_author_email>reader{id}@mail.example</wp:comment_author_email>
            <wp:comment_author_url></wp:comment_author_url>
            <wp:comment_author_IP>198.18.0.1</wp:comment_author_IP>
            <wp:comment_date>2020-02-20 11:00:00</wp:comment_date>
            <wp:comment_date_gmt>2020-02-20 10:00:00</wp:comment_date_gmt>
            <wp:comment_content><![CDATA[{Words}]]></wp:comment_content>
            <wp:comment_approved>1</wp:comment_approved>
            <wp:comment_type></wp:comment_type>
            <wp:comment_parent>0</wp:comment_parent>
            <wp:comment_user_id>0</wp:comment_user_id>
            </wp:comment>

            """);

        private void Write(string text) => _pending.Write(Encoding.UTF8.GetBytes(text));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
