using System.Text.Json.Nodes;

namespace Broadsheet.Web.Features.Api;

/// <summary>The members that a client asks for with <c>_fields</c>: <c>id,title.rendered</c>.</summary>
internal sealed class FieldFilter
{
    private const int MaxDepth = 8;
    private readonly Dictionary<string, FieldFilter?> _members = new(StringComparer.Ordinal);

    /// <returns>Null: everything.</returns>
    public static FieldFilter? Read(IReadOnlyList<string>? fields)
    {
        if (fields is null) return null;
        var filter = new FieldFilter();
        foreach (var field in fields) filter.Add(field.Split('.', MaxDepth));
        return filter;
    }

    public bool Has(string member) => _members.ContainsKey(member);

    /// <summary>What is asked for; what is embedded stays with the links that it belongs to.</summary>
    public JsonObject Apply(JsonObject whole)
    {
        foreach (var name in whole.Select(m => m.Key).ToList())
        {
            if (!_members.TryGetValue(name, out var inner)) { if (name != "_embedded") whole.Remove(name); }
            else if (inner is not null && whole[name] is JsonObject below) inner.Apply(below);
        }
        return whole;
    }

    private void Add(ReadOnlySpan<string> path)
    {
        var known = _members.TryGetValue(path[0], out var inner);
        // A member asked for whole stays whole.
        if (path.Length == 1) _members[path[0]] = null;
        else if (!known || inner is not null)
        {
            _members[path[0]] = inner ??= new FieldFilter();
            inner.Add(path[1..]);
        }
    }
}
