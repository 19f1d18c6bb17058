namespace Broadsheet.Web.Data;

/// <summary>Words that both databases understand.</summary>
/// <param name="Values">For <c>$1</c>, <c>$2</c> …, which first appear in this order: numbers, texts and instants.</param>
internal readonly record struct Statement(string Sql, object?[] Values);
