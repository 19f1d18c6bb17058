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
            var part = ((Theme)context.AmbientValues[ThemeKey]).Comment;
            context.EnterChildScope();
            try
            {
                foreach (var comment in value.Enumerate(context))
                {
                    context.SetValue("comment", comment);
                    foreach (var statement in part) await statement.WriteToAsync(output, encoder, context);
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
