using Fluid;
using Fluid.Ast;

namespace Broadsheet.Web.Theming;

/// <summary>
/// Whether a part of a theme shows nothing but <c>comment</c>: then the same comment looks the same wherever and whenever it is shown. Only what is
/// known to have no other source is let through; a part that uses anything else is rendered each time, and is no worse for it.
/// </summary>
internal sealed class OwnWords : AstVisitor
{
    /// <summary>Filters that know their input and nothing else: no clock, no culture, no chance.</summary>
    private static readonly HashSet<string> Pure = new(StringComparer.Ordinal)
    {
        "append", "capitalize", "default", "downcase", "escape", "escape_once", "first", "last", "lstrip", "prepend", "raw", "remove", "replace", "rstrip", "size", "split", "strip", "strip_html",
        "strip_newlines", "truncate", "truncatewords", "upcase", "url_encode", "minus", "plus", "times", "modulo", "join",
    };

    private readonly HashSet<string> _known = new(StringComparer.Ordinal) { "comment" };
    private bool _isOwn = true;

    public static bool Has(IReadOnlyList<Statement> part)
    {
        var visitor = new OwnWords();
        foreach (var statement in part) visitor.Visit(statement);
        return visitor._isOwn;
    }

    public override Statement Visit(Statement statement)
    {
        if (statement is not (null or TextSpanStatement or OutputStatement or IfStatement or ElseIfStatement or ElseStatement or UnlessStatement or CaseStatement or WhenStatement or ForStatement or CommentStatement or RawStatement or NoOpStatement or BreakStatement or ContinueStatement))
            _isOwn = false;
        return base.Visit(statement);
    }

    public override Expression Visit(Expression expression)
    {
        if (expression is not (null or BinaryExpression or MemberExpression or LiteralExpression or RangeExpression or FilterExpression)) _isOwn = false;
        return base.Visit(expression);
    }

    protected override Expression VisitMemberExpression(MemberExpression memberExpression)
    {
        // A function or an index that stands first, or later, may be anything.
        if (memberExpression.Segments is not [IdentifierSegment first, ..] || !_known.Contains(first.Identifier) || memberExpression.Segments.Any(s => s is not IdentifierSegment)) _isOwn = false;
        return base.VisitMemberExpression(memberExpression);
    }

    protected override Expression VisitFilterExpression(FilterExpression filterExpression)
    {
        if (!Pure.Contains(filterExpression.Name)) _isOwn = false;
        foreach (var parameter in filterExpression.Parameters) Visit(parameter.Expression);
        return base.VisitFilterExpression(filterExpression);
    }

    protected override Statement VisitForStatement(ForStatement forStatement)
    {
        foreach (var expression in (Expression?[])[forStatement.Source, forStatement.Range, forStatement.Limit, forStatement.Offset])
            if (expression is not null) Visit(expression);
        // Its names are its own: after it, and in its else, they are whoever's they were before.
        var (isNew, isFirst) = (_known.Add(forStatement.Identifier), _known.Add("forloop"));
        foreach (var statement in forStatement.Statements) Visit(statement);
        if (isNew) _known.Remove(forStatement.Identifier);
        if (isFirst) _known.Remove("forloop");
        if (forStatement.Else is not null) Visit(forStatement.Else);
        return forStatement;
    }

    protected override Statement VisitOutputStatement(OutputStatement outputStatement)
    {
        foreach (var filter in outputStatement.Filters ?? []) Visit(filter);
        return base.VisitOutputStatement(outputStatement);
    }
}
