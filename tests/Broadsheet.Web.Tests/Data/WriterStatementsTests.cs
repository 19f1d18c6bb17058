using Broadsheet.Core.Discussion;
using Broadsheet.Web.Data;

namespace Broadsheet.Web.Tests.Data;

public sealed class WriterStatementsTests
{
    /// <summary>Each text stays prepared, on each connection: whoever writes must not make as many as they like.</summary>
    [Fact]
    public void Addresses_of_any_form_make_few_statements()
    {
        var now = TimeProvider.System.GetUtcNow();
        var texts = new HashSet<string>(StringComparer.Ordinal);
        foreach (var ip in new[] { "203.0.113.7", "2001:db8::7", "" })
            for (var labels = 1; labels < 44; labels++)
            {
                var draft = CommentDraft.Read(new CommentFields(1, null, "Words.", "Ann", $"ann@{string.Join('.', Enumerable.Repeat("a", labels))}.example", ""), true).Value;
                var statement = WriterStatements.Record(draft, new CommentOrigin(null, ip, "", now, now.UtcDateTime), 7, now, 0);
                texts.Add(statement.Sql);
                Assert.Equal(statement.Values.Length, statement.Sql.Count(c => c == '$'));
            }
        Assert.InRange(texts.Count, 1, 6);
    }
}
