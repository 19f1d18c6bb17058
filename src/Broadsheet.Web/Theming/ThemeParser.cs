using Broadsheet.Web.Theming.Views;
using Fluid;
using Fluid.Ast;

namespace Broadsheet.Web.Theming;

/// <summary>Liquid, with <c>{% thread list %}</c>: the once-parsed comment part for each comment, in the same scope.</summary>
internal sealed class ThemeParser : FluidParser
{
    /// <summary>The ambient value that holds the theme whose part the tag renders.</summary>
    public const string ThemeKey = "theme";

    public ThemeParser()
    {
        RegisterExpressionTag("thread", static async (list, output, encoder, context) =>
        {
            var value = await list.EvaluateAsync(context);
            var theme = (Theme)context.AmbientValues[ThemeKey];
            var (page, fragments) = (output as PageWriter, theme.Fragments);
            context.EnterChildScope();
            try
            {
                foreach (var comment in value.Enumerate(context))
                {
                    var view = page is not null && fragments is not null ? comment.ToObjectValue() as CommentView : null;
                    if (view is not null && fragments!.Find(view) is { } known)
                    {
                        page!.Write(known);
                        continue;
                    }
                    var from = page?.Written.Length ?? 0;
                    context.SetValue("comment", comment);
                    foreach (var statement in theme.Comment) await statement.WriteToAsync(output, encoder, context);
                    if (view is not null) fragments!.Keep(view, page!.Written.Span[from..].ToArray());
                }
            }
            finally
            {
                context.ReleaseScope();
            }
            return Completion.Normal;
        });
    }
}
