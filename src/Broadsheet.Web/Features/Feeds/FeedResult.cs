using System.Globalization;
using System.Text;
using System.Xml;
using Broadsheet.Core.Publishing;

namespace Broadsheet.Web.Features.Feeds;

/// <summary>A feed in the format that was asked for.</summary>
internal sealed class FeedResult(Feed feed, FeedFormat format) : IResult
{
    private static readonly XmlWriterSettings Settings = new() { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), Indent = true, IndentChars = "", NewLineChars = "\n" };

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var buffer = new MemoryStream();
        using (var xml = XmlWriter.Create(buffer, Settings))
        {
            Action<XmlWriter, Feed> write = format switch { FeedFormat.Atom => AtomWriter.Write, FeedFormat.Rdf => RdfWriter.Write, FeedFormat.Rss => Rss092Writer.Write, _ => Rss2Writer.Write };
            write(xml, feed);
        }
        var response = httpContext.Response;
        response.ContentType = format switch { FeedFormat.Atom => "application/atom+xml; charset=UTF-8", FeedFormat.Rdf => "application/rdf+xml; charset=UTF-8", FeedFormat.Rss => "text/xml; charset=UTF-8", _ => "application/rss+xml; charset=UTF-8" };
        response.Headers.LastModified = feed.Updated.UtcDateTime.ToString("R", CultureInfo.InvariantCulture);
        response.ContentLength = buffer.Length;
        buffer.Position = 0;
        if (!HttpMethods.IsHead(httpContext.Request.Method)) await buffer.CopyToAsync(response.Body, httpContext.RequestAborted);
    }
}
